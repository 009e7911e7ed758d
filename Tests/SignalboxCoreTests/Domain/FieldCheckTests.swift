import SignalboxCore
import Testing

struct FieldCheckTests {
  @Test(
    arguments: [
      ("a@b.example", true), ("a.b+c@x.org", true), ("a@b", false), ("@b.example", false), ("a@", false),
      ("a@b@c.example", false), ("a b@c.example", false), ("a@b.example\n", false), ("<a@b.example>", false),
      ("a@.b", false), ("a,b@c.example", false), ("", false), ("a@b.example.", false),
    ])
  func addresses(text: String, isAddress: Bool) {
    #expect(FieldCheck.isAddress(text) == isAddress)
  }

  @Test(
    arguments: [
      ("Delta", true), ("Bridges-2", true), ("a.b_c", true), ("-a", false), ("a b", false), ("é", false), ("", false),
      (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false), ("a/b", false),
    ])
  func names(text: String, isAllowed: Bool) {
    var check = FieldCheck()
    check.name("name", text)
    #expect(check.violations.isEmpty == isAllowed)
  }

  @Test(arguments: ["a\u{1b}[2J", "a\nb", "a\u{2028}b", "a\0", "\u{7f}", "   "])
  func linesHaveNoControls(text: String) {
    var check = FieldCheck()
    check.line("subject", text, atMost: 100)
    #expect(!check.violations.isEmpty)
  }

  @Test(
    arguments: [
      ("", "anything", true), ("ACCESS-<TRACK>-<Purpose>", "ACCESS-ACO-Support", true),
      ("ACCESS-<TRACK>-<Purpose>", "ACCESS-A-B-C", false), ("x<A>y", "xaay", true), ("x<A>y", "xy", false),
      ("<A>y<B>", "ayyb", true), ("<A>", "a-b", false),
    ])
  func patterns(pattern: String, name: String, matches: Bool) throws {
    #expect(try #require(NamePattern(pattern)).matches(name) == matches)
  }

  /// A pattern of many words, which a matcher that tries each split would not finish.
  @Test func aPatternIsNeverDear() throws {
    let pattern = String(repeating: "<A>a", count: 40) + "!"
    let matcher = try #require(NamePattern(pattern))
    #expect(!matcher.matches(String(repeating: "a", count: 64)))
    #expect(!matcher.matches(String(repeating: "a", count: 1_000_000)))
  }

  @Test func violationsAreBounded() {
    var check = FieldCheck()
    check.lines("tags", Array(repeating: "", count: 500_000), atMost: 32, length: 64)
    #expect(check.violations.count == 1)
  }

  @Test(arguments: ["<A", "<A><B>", "x<"])
  func malformedPatterns(pattern: String) {
    #expect(NamePattern(pattern) == nil)
  }
}
