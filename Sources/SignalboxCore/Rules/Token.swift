/// One piece of a rule file.
struct Token: Equatable {
  enum Kind: Equatable {
    /// A letter, then letters, digits, hyphens, underscores. Keywords are words; the place decides.
    case word
    /// `text` is the value, escapes resolved.
    case string
    case integer
    /// An integer and its unit, as in `30m`.
    case duration
    /// `{ } [ ] ( ) , ; /` and the comparison signs.
    case symbol
    /// `text` is the message.
    case invalid
    case end
  }

  let kind: Kind
  let text: String
  let span: SourceSpan
  /// In UTF-8 bytes from the start of the file.
  let start: Int
  let end: Int

  func isWord(_ word: String) -> Bool { kind == .word && text == word }
  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }

  /// As an error message names it.
  var found: String {
    switch kind {
    case .word, .integer, .duration, .symbol: return "`\(text)`"
    case .string:
      let short = text.unicodeScalars.prefix(40)
      return "`\(RuleText.quoted(String(short)))`" + (short.endIndex < text.unicodeScalars.endIndex ? " …" : "")
    case .invalid: return text
    case .end: return "the end of the file"
    }
  }
}
