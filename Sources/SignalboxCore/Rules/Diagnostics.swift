/// One thing that is wrong with a rule file, and where.
package struct Diagnostic: Equatable, Sendable {
  package let span: SourceSpan
  package let message: String
  /// A word that was probably meant.
  package let suggestion: String?

  package init(_ span: SourceSpan, _ message: String, suggestion: String? = nil) {
    self.span = span
    self.message = message
    self.suggestion = suggestion
  }

  /// `line:column: message`, on one line.
  package var description: String {
    "\(span.line):\(span.column): \(message)" + (suggestion.map { "; did you mean `\($0)`?" } ?? "")
  }
}

/// What is wrong with a rule file, in file order; never empty when thrown, never more than
/// `RuleLimits.diagnostics`.
package struct Diagnostics: Error, Equatable, Sendable {
  package let items: [Diagnostic]

  package init(_ items: [Diagnostic]) {
    self.items = Array(items.sorted(by: Self.inFileOrder).prefix(RuleLimits.diagnostics))
  }

  private static func inFileOrder(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    (a.span.line, a.span.column) < (b.span.line, b.span.column)
  }

  /// One line for each; with the source, the line in question and carets below it follow.
  package func rendered(source: String? = nil) -> String {
    guard let source else { return items.map { $0.description + "\n" }.joined() }
    let lines = TextLines.of(source)
    return items.map { item in
      let index = item.span.line - 1
      guard lines.indices.contains(index) else { return item.description + "\n" }
      return item.description + "\n" + Self.underlined(lines[index].unicodeScalars, item.span)
    }.joined()
  }

  /// Long lines are shown around the span only, in a window of this many characters.
  private static let window = 120

  private static func underlined(_ line: Substring.UnicodeScalarView, _ span: SourceSpan) -> String {
    let skipped = max(0, span.column - 1 - window / 2)
    var text = ""
    var carets = ""
    for (offset, scalar) in line.dropFirst(skipped).prefix(window).enumerated() {
      let column = skipped + offset + 1
      text.unicodeScalars.append(RuleText.isUnprintable(scalar) && scalar != "\t" ? " " : scalar)
      if column < span.column {
        carets += scalar == "\t" ? "\t" : " "
      } else if column < span.column + max(1, span.length) {
        carets += "^"
      }
    }
    // The end of the line, or of the file, has no character to stand under.
    if !carets.hasSuffix("^") { carets += "^" }
    return "  \(text)\n  \(carets)\n"
  }
}
