@testable import SignalboxCore
import Testing

@Suite struct WordAutomatonTests {
  static let rows: [(patterns: [String], text: String, found: [String])] = [
    (["down"], "download", []),
    (["down"], "it is DOWN.", ["down@2"]),
    (["down"], "", []),
    (["gpu-a100"], "a GPU A100 here", ["gpu-a100@1"]),
    (["gpu a100"], "gpu_a100", ["gpu a100@0"]),
    (["gpu a100"], "gpu b a100", []),
    (["a b c", "a b", "b c", "c"], "a b c", ["a b@0", "a b c@0", "b c@1", "c@2"]),
    (["a a b"], "a a a b", ["a a b@1"]),
    (["x"], "x x x", ["x@0"]),
    (["data transfer node"], "data transfer", []),
    (["straße"], "STRASSE 5", ["straße@0"]),
  ]

  @Test(arguments: rows)
  func finds(_ row: (patterns: [String], text: String, found: [String])) {
    var automaton = WordAutomaton()
    for pattern in row.patterns { #expect(automaton.add(pattern) != nil) }
    #expect(scan(automaton, row.text) == row.found)
  }

  @Test func spellingsWithTheSameWordsAreOnePattern() {
    var automaton = WordAutomaton()
    #expect(automaton.add("GPU-A100") == automaton.add("gpu a100"))
    #expect(automaton.patternCount == 1)
    #expect(automaton.spellings == ["GPU-A100"])
  }

  static let unfit = ["", "---", "…", String(repeating: "w ", count: RuleLimits.phraseWords + 1)]

  @Test(arguments: unfit)
  func refusesWhatHasNoWordOrTooMany(_ pattern: String) {
    var automaton = WordAutomaton()
    #expect(automaton.add(pattern) == nil)
    #expect(automaton.patternCount == 0)
  }

  @Test func takesTheLongestPhrase() {
    var automaton = WordAutomaton()
    let phrase = String(repeating: "w ", count: RuleLimits.phraseWords)
    #expect(automaton.add(phrase) == 0)
    #expect(scan(automaton, "x " + phrase) == [phrase + "@1"])
  }

  @Test func agreesWithASearchOverSplitWords() {
    let seed: UInt64 = 0x5EED_0001
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    let vocabulary = ["a", "b", "c", "longerword", "anotherlongword", "x1"]
    for _ in 0..<2_000 {
      func phrase(_ count: ClosedRange<Int>) -> [String] {
        (0..<Int.random(in: count, using: &random)).map { _ in random.pick(vocabulary) }
      }
      let patterns = Set((0..<5).map { _ in phrase(1...4) }).sorted { $0.joined() < $1.joined() }
      let words = phrase(0...12)
      var automaton = WordAutomaton()
      for pattern in patterns { _ = automaton.add(pattern.joined(separator: " ")) }
      var expected: [String] = []
      for start in words.indices {
        for pattern in patterns where words[start...].starts(with: pattern) {
          let name = pattern.joined(separator: " ")
          if !expected.contains(where: { $0.hasPrefix(name + "@") }) { expected.append("\(name)@\(start)") }
        }
      }
      #expect(Set(scan(automaton, words.joined(separator: "-"))) == Set(expected))
    }
  }

  @Test func interningKeepsNumbersThroughGrowth() {
    var table = WordTable()
    let words = (0..<5_000).map { Array("word\($0)".utf8) }
    for (index, word) in words.enumerated() { #expect(table.intern(word) == Int32(index)) }
    for (index, word) in words.enumerated() { #expect(table.find(word) == Int32(index)) }
    #expect(table.find(Array("word5000".utf8)) == WordTable.absent)
    #expect(table.find([]) == WordTable.absent)
    #expect(table.intern([]) == 5_000)
    #expect(table.find([]) == 5_000)
  }

  @Test func wordsWithEqualHashesAreKeptApart() {
    let (a, b) = (Array("collidesohniwtnjoo".utf8), Array("collidespsbyodikib".utf8))
    func hash(_ word: [UInt8]) -> UInt32 {
      word.withUnsafeBufferPointer { WordTable.hash(WordTable.head($0, 0, $0.count), $0, 0, $0.count) }
    }
    #expect(hash(a) == hash(b), "another hash needs another pair")
    var table = WordTable()
    #expect(table.intern(a) == 0)
    #expect(table.find(b) == WordTable.absent)
    #expect(table.intern(b) == 1)
    #expect(table.find(a) == 0)
  }

  @Test func setsLargerThanTheHitsGiveTheSameAnswer() {
    var automaton = WordAutomaton()
    for number in 0..<100 { #expect(automaton.add("w\(number)") == Int32(number)) }
    #expect(automaton.add("other") == 100)
    var hits = WordHits()
    automaton.scan(FoldedText("other w77"), field: .body, into: &hits)
    let patterns = Array(Int32(0)..<100)
    #expect(hits.containsAny(of: patterns[...], in: .body))
    #expect(hits.containsAny(of: patterns[...], in: .text))
    #expect(!hits.containsAny(of: patterns[...], in: .subject))
    #expect(!hits.containsAny(of: patterns[..<77], in: .body))
    #expect(hits.containsAny(of: patterns[77...], in: .body))
  }

  private func scan(_ automaton: WordAutomaton, _ text: String) -> [String] {
    var hits = WordHits()
    automaton.scan(FoldedText(text), field: .body, into: &hits)
    return hits.hits.map { "\(automaton.spellings[Int($0.pattern)])@\($0.word)" }
  }
}
