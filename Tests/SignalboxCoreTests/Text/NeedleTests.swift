@testable import SignalboxCore
import Testing

@Suite struct NeedleTests {
  static let rows: [(String, String, Int?)] = [
    ("down", "download", 0), ("LOAD", "download", 4), ("x", "", nil), ("x", "x", 0), ("xy", "x", nil),
    ("é", "cafe", nil), ("cafe", "café", nil), ("cafe", "café cafe", 7), ("café", "CAFÉS", 0),
    ("fe", "cafe\u{302}", nil),
    ("가", "각", nil), ("가", "가각", 0), ("각", "가각", 6), ("50% off", "only 50% OFF now", 5),
    ("node", "the last word of a text of more than sixteen bytes is node", 54),
    ("nodes", "the last word of a text of more than sixteen bytes is node", nil),
  ]

  @Test(arguments: rows)
  func finds(_ needle: String, _ text: String, _ offset: Int?) throws {
    #expect(try #require(Needle(needle)).find(in: FoldedText(text)) == offset)
  }

  @Test(arguments: ["", "\u{200B}", "\u{AD}\u{FEFF}"])
  func nothingIsNoNeedle(_ text: String) {
    #expect(Needle(text) == nil)
  }

  @Test func agreesWithANaiveSearch() throws {
    let seed: UInt64 = 0x5EED_0002
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    for _ in 0..<5_000 {
      let letters = random.pick([["a", "b"], ["a", "e", "q"], [" ", "a", "z"]])
      func word(_ count: ClosedRange<Int>) -> String {
        (0..<Int.random(in: count, using: &random)).map { _ in random.pick(letters) }.joined()
      }
      let (needle, text) = (word(1...6), word(0...70))
      let (wanted, all) = (Array(needle.utf8), Array(text.utf8))
      let expected = all.indices.first { all[$0...].starts(with: wanted) }
      #expect(try #require(Needle(needle)).find(in: FoldedText(text)) == expected, "\(needle) in \(text)")
    }
  }
}
