/// The lines of a text, whichever system ended them.
package enum TextLines {
  /// One more than there are line feeds, so that the line `n` of a place in a rule file is at `n - 1`. A carriage return
  /// before a line feed belongs to neither line.
  package static func of(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }
}
