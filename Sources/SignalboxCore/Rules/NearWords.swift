/// Words and phrases that stand together, in any order: all of them within so many words of one text.
struct NearWords: Sendable {
  /// Words of the window; one phrase alone has no other.
  let window: Int
  /// Folded.
  private let phrases: [[ArraySlice<UInt8>]]
  /// Of all phrases; each may be compared with every word of a text.
  let wordCount: Int

  /// Patterns without a letter or digit count for nothing; the checker refuses them.
  init(_ patterns: [String], window: Int) {
    self.window = window
    phrases = patterns.map { pattern in
      let text = FoldedText(pattern)
      return text.words.map { text.bytes[Int($0.start)..<Int($0.end)] }
    }.filter { !$0.isEmpty }
    wordCount = phrases.reduce(0) { $0 + $1.count }
  }

  /// One phrase, anywhere.
  init(phrase: String) { self.init([phrase], window: RuleLimits.phraseWords) }

  func isFound(in text: FoldedText) -> Bool { !phrases.isEmpty && place(in: text) != nil }

  /// Index of the first word of the first window.
  func place(in text: FoldedText) -> Int? {
    var starts: [[Int]] = []
    for phrase in phrases {
      let found = Self.starts(of: phrase, in: text)
      guard !found.isEmpty else { return nil }
      starts.append(found)
    }
    // A window that has them all can be moved on to the first word of one of them.
    var next = [Int](repeating: 0, count: starts.count)
    for start in Set(starts.joined()).sorted() {
      var fits = true
      for (index, phrase) in phrases.enumerated() {
        while next[index] < starts[index].count, starts[index][next[index]] < start { next[index] += 1 }
        guard next[index] < starts[index].count else { return nil }
        if starts[index][next[index]] + phrase.count > start + window { fits = false }
      }
      if fits { return start }
    }
    return nil
  }

  private static func starts(of phrase: [ArraySlice<UInt8>], in text: FoldedText) -> [Int] {
    guard text.words.count >= phrase.count else { return [] }
    return (0...(text.words.count - phrase.count)).filter { start in
      phrase.indices.allSatisfy { offset in
        let word = text.words[start + offset]
        return Int(word.end - word.start) == phrase[offset].count
          && text.bytes[Int(word.start)..<Int(word.end)].elementsEqual(phrase[offset])
      }
    }
  }
}
