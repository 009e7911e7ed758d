import SignalboxClient
import Testing

@testable import signalbox

@Suite struct RulesFormatTests {
  /// The line of the source, the column and length in characters, and the two lines that come of it.
  @Test(
    arguments: [
      ("queue \"x\"", 7, 3, "1 | queue \"x\"", "          ^~~"), ("\tüü x", 5, 1, "1 |  üü x", "        ^"),
      ("a\u{1b}b", 3, 1, "1 | a\\u{1b}b", "           ^"), ("漢字x", 3, 1, "1 | 漢字x", "        ^"),
      ("ab", 3, 1, "1 | ab", "      ^"),
      ("ab", 9, 40, "1 | ab", "      ^"), ("ab", 0, 0, "1 | ab", "    ^"), ("ab", .max, .max, "1 | ab", "      ^"),
      ("abc", 2, 40, "1 | abc", "     ^~"),
    ] as [(String, UInt32, UInt32, String, String)])
  func mark(_ source: String, _ column: UInt32, _ length: UInt32, _ line: String, _ mark: String) {
    var diagnostic = RuleDiagnostic()
    diagnostic.line = 1
    diagnostic.column = column
    diagnostic.length = length
    diagnostic.message = "m"
    diagnostic.sourceLine = source
    #expect(
      RulesFormat.diagnostics([diagnostic], file: "f", .plain)
        == "f:1:\(column): error: m\n\(line)\n\(mark)\n1 problem\n")
  }
}
