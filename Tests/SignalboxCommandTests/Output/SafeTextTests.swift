import Testing

@testable import signalbox

@Suite struct SafeTextTests {
  @Test(arguments: [
    ("plain ü 漢字 👩‍👩‍👧", "plain ü 漢字 👩‍👩‍👧"), ("a\nb", "a⏎b"), ("a\r\nb", "a⏎b"), ("a\rb", "a\\u{d}b"), ("a\r", "a\\u{d}"),
    ("\u{1b}[2J", "\\u{1b}[2J"), ("\u{9b}31m", "\\u{9b}31m"), ("\u{7}\u{8}\u{0}", "\\u{7}\\u{8}\\u{0}"),
    ("\t", "\\u{9}"),
    ("\u{202e}abc\u{2066}", "\\u{202e}abc\\u{2066}"), ("\u{200b}\u{feff}", "\\u{200b}\\u{feff}"),
    ("\u{2028}", "\\u{2028}"),
    ("\u{e0041}", "\\u{e0041}"), ("", ""), ("e\u{301}", "e\u{301}"),
  ])
  func line(_ text: String, _ shown: String) {
    #expect(SafeText.line(text) == shown)
  }

  @Test(arguments: [("a\r\n\tb\n", "a\n\tb\n"), ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}")])
  func block(_ text: String, _ shown: String) {
    #expect(SafeText.block(text) == shown)
  }

  /// Nothing that a terminal acts on comes through, whatever is put in.
  @Test func everyControlCharacter() {
    for value in UInt32(0)...0x2100 {
      guard let scalar = Unicode.Scalar(value),
        scalar.properties.generalCategory == .control || (0x2028...0x202e).contains(value)
      else { continue }
      let shown = SafeText.line("a\(String(scalar))b")
      #expect(
        !shown.unicodeScalars.contains {
          $0.properties.generalCategory == .control || (0x2028...0x202e).contains($0.value)
        })
    }
  }
}
