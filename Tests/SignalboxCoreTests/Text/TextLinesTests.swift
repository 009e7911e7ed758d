import Testing

@testable import SignalboxCore

struct TextLinesTests {
  @Test(
    arguments: [
      ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\r\nb", ["a", "b"]), ("\r\n\n\r\n", ["", "", "", ""]),
      ("a\rb\u{2028}c", ["a\rb\u{2028}c"]),
    ] as [(String, [Substring])])
  func lines(_ text: String, _ lines: [Substring]) {
    #expect(TextLines.of(text) == lines)
  }

  /// A line's number is the same for whoever reads the rules and whoever shows the line.
  @Test func aDiagnosticHasTheLineThatTheLexerCounts() {
    let text = "ruleset \"a\" version 1\r\n\r\nphase route first {\r\n  wrong\r\n}\r\n"
    let wrong = #expect(throws: Diagnostics.self) { try RuleSetSource.parse(text) }
    let line = wrong?.items.first?.span.line
    #expect(line.map { TextLines.of(text).dropFirst($0 - 1).first } == "  wrong")
  }
}
