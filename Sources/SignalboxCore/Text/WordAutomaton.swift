/// Finds all word patterns of a rule set, and of its queues' keywords, in one pass over a text.
///
/// A pattern is one word or a phrase of at most `RuleLimits.phraseWords` words that follow each other.
/// The words become numbers; the phrases are a trie over these numbers. From each word of the text the
/// trie is followed as far as it goes, so a pass costs the words of the text times the longest phrase
/// at worst, and one look-up for each word as a rule, however many patterns there are.
struct WordAutomaton: Sendable {
  private struct Node {
    var pattern: Int32 = -1
    var hasChildren = false
  }

  private var table = WordTable()
  /// The node that the word with this number leads to from the root, or -1.
  private var roots: [Int32] = []
  private var nodes: [Node] = []
  private var edges = NumberTable()
  /// Each pattern as it was first spelled.
  private(set) var spellings: [String] = []

  var patternCount: Int { spellings.count }

  /// Words that a pattern has; 0 and more than `RuleLimits.phraseWords` cannot be added.
  static func wordCount(_ pattern: String) -> Int { FoldedText(pattern).words.count }

  /// The pattern's number; two spellings with the same words share one. Nil if it has no word or too many.
  mutating func add(_ spelling: String) -> Int32? {
    let text = FoldedText(spelling)
    guard !text.words.isEmpty, text.words.count <= RuleLimits.phraseWords else { return nil }
    var node: Int32 = -1
    for word in text.words {
      let id = text.bytes.withUnsafeBufferPointer {
        table.intern(UnsafeBufferPointer(rebasing: $0[Int(word.start)..<Int(word.end)]))
      }
      if roots.count < table.count { roots.append(-1) }
      node = node < 0 ? root(id) : child(node, id)
    }
    if nodes[Int(node)].pattern < 0 {
      nodes[Int(node)].pattern = Int32(truncatingIfNeeded: spellings.count)
      spellings.append(spelling)
    }
    return nodes[Int(node)].pattern
  }

  private mutating func root(_ word: Int32) -> Int32 {
    if roots[Int(word)] < 0 { roots[Int(word)] = newNode() }
    return roots[Int(word)]
  }

  private mutating func child(_ node: Int32, _ word: Int32) -> Int32 {
    let key = Self.edge(node, word)
    let known = edges[key]
    guard known == NumberTable.absent else { return known }
    let new = newNode()
    edges.insert(new, for: key)
    nodes[Int(node)].hasChildren = true
    return new
  }

  private mutating func newNode() -> Int32 {
    nodes.append(Node())
    return Int32(truncatingIfNeeded: nodes.count - 1)
  }

  /// Adds the first place of each pattern in this field.
  func scan(_ text: FoldedText, field: Field, into hits: inout WordHits) {
    guard !nodes.isEmpty else { return }
    text.bytes.withUnsafeBufferPointer { bytes in
      text.words.withUnsafeBufferPointer { words in
        for start in words.indices {
          let id = table.find(bytes, Int(words[start].start), Int(words[start].end))
          guard id != WordTable.absent else { continue }
          follow(from: id, at: start, bytes, words, field, &hits)
        }
      }
    }
  }

  /// All patterns that begin with this word, which some pattern has.
  private func follow(
    from id: Int32, at start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ words: UnsafeBufferPointer<FoldedText.Word>,
    _ field: Field, _ hits: inout WordHits
  ) {
    var node = roots[Int(id)]
    var next = start
    while node >= 0 {
      let found = nodes[Int(node)]
      if found.pattern >= 0 { hits.insert(found.pattern, field: field, word: start) }
      next &+= 1
      guard found.hasChildren, next < words.count else { return }
      let id = table.find(bytes, Int(words[next].start), Int(words[next].end))
      guard id != WordTable.absent else { return }
      node = edges[Self.edge(node, id)]
    }
  }

  @inline(__always)
  private static func edge(_ node: Int32, _ word: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
  }
}
