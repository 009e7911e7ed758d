@testable import SignalboxCore
import Testing

@Suite struct FoldedTextTests {
  @Test(arguments: FoldingFixture.rows.indices)
  func foldsAsPythonDoes(_ index: Int) {
    let row = FoldingFixture.rows[index]
    let text = FoldedText(row.text)
    #expect(text.bytes == Array(row.folded.utf8))
    #expect(words(text) == row.words.map { Array($0.utf8) })
    #expect(FoldedText(row.folded).bytes == text.bytes, "folding twice is folding once")
  }

  @Test func everyScalarFoldsAsPythonDoes() {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in 0..<UInt32(0x110000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for byte in FoldedText(String(scalar)).bytes + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    #expect(hash == FoldingFixture.checksum)
  }

  static let equalPairs: [(String, String)] = [
    ("STRASSE", "straße"), ("café", "cafe\u{301}"), ("ＧＬＯＢＵＳ", "globus"), ("glo\u{AD}bus", "globus"), ("ﬁle", "FILE"),
    ("각", "\u{1100}\u{1161}\u{11A8}"), ("ΣΊΣΥΦΟΣ", "σίσυφος"),
  ]

  @Test(arguments: equalPairs)
  func foldsEqual(_ a: String, _ b: String) {
    #expect(FoldedText(a).bytes == FoldedText(b).bytes)
  }

  static let differentPairs: [(String, String)] = [("cafe", "café"), ("gpu-a100", "gpu a100"), ("é", "è"), ("ı", "i")]

  @Test(arguments: differentPairs)
  func foldsDifferently(_ a: String, _ b: String) {
    #expect(FoldedText(a).bytes != FoldedText(b).bytes)
  }

  static let originals: [(String, [Int])] = [
    ("one two", [0, 4]), ("  one", [2]), ("Käse über Öl", [0, 6, 12]), ("½ cup", [0, 0, 3]), ("a\u{200B}b c", [0, 6]),
    ("日本 x", [0, 7]), ("", []), ("--", []),
  ]

  @Test(arguments: originals)
  func wordsKnowWhereTheyStoodInTheOriginal(_ text: String, _ offsets: [Int]) {
    #expect(FoldedText(text).words.map { Int($0.original) } == offsets)
  }

  @Test func aMillionMarksAreSortedNotShuffled() {
    let marks = String(repeating: "\u{301}\u{323}", count: 200_000)
    let bytes = FoldedText("e" + marks).bytes
    #expect(
      bytes
        == Array(
          ("e" + String(repeating: "\u{323}", count: 200_000) + String(repeating: "\u{301}", count: 200_000)).utf8))
  }

  static let lengths: [(String, Int)] = [
    ("a", RuleLimits.factBytes), ("é", RuleLimits.factBytes), ("\u{4E2D}", RuleLimits.factBytes / 3 * 3),
  ]

  @Test(arguments: lengths)
  func readsUpToTheLimitAndNeverHalfAScalar(_ unit: String, _ read: Int) {
    let size = unit.utf8.count
    let long = String(repeating: unit, count: RuleLimits.factBytes / size + 5)
    let short = String(repeating: unit, count: read / size)
    #expect(FoldedText(long).bytes == FoldedText(short).bytes)
    #expect(FoldedText(short).bytes != FoldedText(String(short.unicodeScalars.dropLast())).bytes)
  }

  static let positions: [(Int, Int?)] = [(0, 0), (2, 0), (3, nil), (4, 1), (6, 1), (7, nil), (99, nil)]

  @Test(arguments: positions)
  func findsTheWordAtAnOffset(_ offset: Int, _ word: Int?) {
    #expect(FoldedText("one two!").word(at: offset) == word)
  }

  /// A text that comes twice in a row is not folded twice; nothing else may be taken for it.
  @Test func memoryThatIsUsedAgainKeepsNothingOfTheTextBefore() {
    let seed: UInt64 = 0x5EED_0021
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    let filler = String(repeating: "Nœud de calcul, file bloquée. ", count: 8)
    // Equal as strings, but with their words in different places.
    let composed = "Café \(filler)"
    let decomposed = "Cafe\u{301} \(filler)"
    #expect(composed == decomposed)
    var pool = [composed, decomposed, filler, "short", "", String(repeating: "plain words ", count: 40)]
    var used = FoldedText()
    for round in 0..<2_000 {
      let index = Int.random(in: pool.indices, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: used.clear()
      case 1: pool[index].append(" more")
      // Other memory with the same text.
      case 2: pool[index] = String(decoding: Array(pool[index].utf8), as: UTF8.self)
      default: break
      }
      used.fold(pool[index])
      if random.chance(50) { used.fold(pool[index]) }
      let fresh = FoldedText(pool[index])
      guard used.bytes == fresh.bytes, used.isASCII == fresh.isASCII,
        used.words.map(\.original) == fresh.words.map(\.original)
      else {
        Issue.record("round \(round): \(pool[index])")
        return
      }
    }
  }

  private func words(_ text: FoldedText) -> [[UInt8]] {
    text.words.map { Array(text.bytes[Int($0.start)..<Int($0.end)]) }
  }
}
