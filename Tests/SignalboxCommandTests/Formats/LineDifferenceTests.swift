import Testing

@testable import signalbox

@Suite struct LineDifferenceTests {
  private static func difference(_ old: String, _ new: String) -> String {
    LineDifference(from: old, to: new).rendered(from: "old", to: "new", .plain)
  }

  @Test(arguments: [
    ("", "", ""),
    ("a\n", "a\n", ""),
    ("", "a\n", "@@ line 1, now line 1 @@\n+ a\n"),
    ("a\nb\n", "b\n", "@@ line 1, now line 1 @@\n- a\n  b\n"),
    ("a\nb\n", "x\ny\n", "@@ line 1, now line 1 @@\n- a\n- b\n+ x\n+ y\n"),
    ("a\na\n", "a\na\na\n", "@@ line 1, now line 1 @@\n  a\n  a\n+ a\n"),
    ("a\r\nb\r\nc\r\n", "a\r\nX\r\nc\r\n", "@@ line 1, now line 1 @@\n  a\n- b\n+ X\n  c\n"),
    ("a\r\nb\r\n", "a\nX\n", "@@ line 1, now line 1 @@\n  a\n- b\n+ X\n"),
    (
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n2\n3\n4\n5\n6\n7\n8\n0\n",
      "@@ line 1, now line 1 @@\n- 1\n+ 0\n  2\n  3\n  4\n@@ line 6, now line 6 @@\n  6\n  7\n  8\n- 9\n+ 0\n"
    ),
  ])
  func difference(_ old: String, _ new: String, _ shown: String) {
    #expect(Self.difference(old, new) == (shown.isEmpty ? "" : "--- old\n+++ new\n\(shown)"))
  }

  /// There is a difference, so something has to be said.
  @Test(arguments: [("a\nb\n", "a\r\nb\r\n"), ("a\n", "a")])
  func lineEndsAlone(_ old: String, _ new: String) {
    #expect(Self.difference(old, new) == "the lines are the same, only their ends differ\n")
  }

  /// What is shown makes the one text out of the other, in as few steps as the standard library finds.
  @Test func randomTexts() {
    var state: UInt64 = 0x5eed
    func below(_ limit: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % limit)
    }
    for _ in 0..<500 {
      let texts = (0..<2).map { _ in (0..<below(24)).map { _ in ["a", "b", "c", "d"][below(4)] } }
      let shown = Self.difference(texts[0].map { $0 + "\n" }.joined(), texts[1].map { $0 + "\n" }.joined())
      #expect(Self.applied(shown, to: texts[0]) == texts[1], "\(texts)\n\(shown)")
      let edits = shown.split(separator: "\n").dropFirst(2).count { $0.hasPrefix("- ") || $0.hasPrefix("+ ") }
      #expect(edits == texts[1].difference(from: texts[0]).count, "\(texts)\n\(shown)")
    }
  }

  private static func applied(_ shown: String, to old: [String]) -> [String] {
    var (new, next): ([String], Int) = ([], 0)
    for line in shown.split(separator: "\n").dropFirst(2) {
      let text = String(line.dropFirst(2))
      switch line.first {
      case "@":
        let start = line.split(whereSeparator: { $0 == " " || $0 == "," })[2]
        while next < (Int(start) ?? 0) - 1 {
          new.append(old[next])
          next += 1
        }
      case "-": next += 1
      case "+": new.append(text)
      default:
        new.append(text)
        next += 1
      }
    }
    return new + old[next...]
  }

  /// A few edits are found in a long text wherever they are; of too many, all is shown as removed and added.
  @Test func longTexts() {
    let old = (0..<15_000).map { "rule \($0)" }
    var near = old
    (near[0], near[14_999]) = ("first", "last")
    let few = Self.difference(old.joined(separator: "\n"), near.joined(separator: "\n"))
    #expect(few.split(separator: "\n").count == 2 + 2 * (1 + 2 + 3))
    let other = ["rule 0"] + (1..<15_000).map { $0 == 7_000 ? old[$0] : "other \($0)" }
    let many = Self.difference(old.joined(separator: "\n"), other.joined(separator: "\n"))
    let marks = many.split(separator: "\n").dropFirst(3).compactMap(\.first)
    #expect(marks == [" "] + Array(repeating: "-", count: 14_999) + Array(repeating: "+", count: 14_999))
  }
}
