/// Thrown inside the parser once the error has been reported; whoever can go on catches it.
struct ParseFailure: Error {}

/// Reads a rule file by recursive descent. After an error it goes on with the next rule, list or phase,
/// so that one run reports what can be reported.
///
/// This file: the cursor. `ParserItems` reads rule sets, lists and phases, `ParserRules` rules and
/// actions, `ParserConditions` conditions.
struct Parser {
  /// Not yet consumed.
  private(set) var token: Token
  private(set) var diagnostics: [Diagnostic] = []
  /// Open braces before `token`.
  var depth = 0
  /// Where the last consumed token ended, in bytes.
  private(set) var consumedEnd = 0
  private var consumedSpan = SourceSpan.start
  private var lexer: Lexer

  init(_ source: String) {
    lexer = Lexer(source)
    token = lexer.next()
  }

  /// The comments before `token` that no item has taken.
  mutating func takeComments() -> [String] { lexer.takeComments() }

  mutating func advance() {
    if token.isSymbol("{") { depth += 1 }
    if token.isSymbol("}") { depth -= 1 }
    consumedEnd = token.end
    consumedSpan = token.span
    token = lexer.next()
  }

  // MARK: Errors

  /// After the last error that will be shown the rest of the file reads as empty.
  mutating func report(_ span: SourceSpan, _ message: String, suggestion: String? = nil) {
    guard diagnostics.count < RuleLimits.diagnostics else { return }
    diagnostics.append(Diagnostic(span, message, suggestion: suggestion))
    if diagnostics.count == RuleLimits.diagnostics {
      lexer.stop()
      token = lexer.next()
    }
  }

  mutating func fail(_ span: SourceSpan, _ message: String, suggestion: String? = nil) -> ParseFailure {
    report(span, message, suggestion: suggestion)
    return ParseFailure()
  }

  /// `context` says where, as in "after field `subject`"; may be empty. `words` are what may stand here
  /// literally; one of them is suggested if the token looks like it.
  mutating func unexpected(_ expected: String, _ context: String = "", words: [String] = []) -> ParseFailure {
    if token.kind == .invalid { return fail(token.span, token.text) }
    let suggestion = token.kind == .word ? Suggestion.nearest(to: token.text, in: words) : nil
    let place = context.isEmpty ? "" : " \(context)"
    return fail(token.span, "expected \(expected)\(place), found \(token.found)", suggestion: suggestion)
  }

  /// "`a`, `b` or `c`".
  static func either(_ words: [String], _ conjunction: String = "or") -> String {
    let quoted = words.map { "`\($0)`" }
    guard quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " \(conjunction) " + quoted[quoted.count - 1]
  }

  // MARK: Tokens

  mutating func accept(word: String) -> Bool {
    guard token.isWord(word) else { return false }
    advance()
    return true
  }

  mutating func accept(symbol: String) -> Bool {
    guard token.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(word: String, _ context: String) throws(ParseFailure) {
    if !accept(word: word) { throw unexpected("`\(word)`", context, words: [word]) }
  }

  mutating func expect(symbol: String, _ context: String) throws(ParseFailure) {
    if !accept(symbol: symbol) { throw unexpected("`\(symbol)`", context) }
  }

  mutating func expectString(_ what: String, _ context: String) throws(ParseFailure) -> Literal {
    guard token.kind == .string else {
      if token.kind == .word {
        throw fail(
          token.span, "expected \(what) in quotes \(context), found \(token.found); write `\"\(token.text)\"`")
      }
      throw unexpected("\(what) in quotes", context)
    }
    defer { advance() }
    return Literal(token.text, token.span)
  }

  /// 0...`limit`.
  mutating func expectInteger(_ what: String, _ context: String, limit: Int) throws(ParseFailure) -> Int {
    guard token.kind == .integer else { throw unexpected(what, context) }
    guard let value = Int(token.text), value <= limit else {
      throw fail(token.span, "\(what) is at most \(limit), found `\(token.text)`")
    }
    advance()
    return value
  }

  mutating func expectDuration(_ what: String, _ context: String) throws(ParseFailure) -> RuleDuration {
    guard token.kind == .duration else { throw unexpected(what, context) }
    guard let duration = RuleDuration(token.text) else {
      throw fail(token.span, "a duration is at most \(RuleLimits.duration / 86_400_000)d, found `\(token.text)`")
    }
    advance()
    return duration
  }

  /// The span from a token to the last one consumed; only its first line if there are more.
  func span(from start: Token) -> SourceSpan {
    guard start.span.line == consumedSpan.line else { return start.span }
    return SourceSpan(
      line: start.span.line, column: start.span.column,
      length: consumedSpan.column + consumedSpan.length - start.span.column)
  }

  // MARK: Going on after an error

  /// Skips to the end of the block in which `depth` was as given, or to a word that begins an item there.
  mutating func recover(to outer: Int, words: [String]) {
    while token.kind != .end {
      if token.kind == .word, words.contains(token.text) {
        depth = outer
        return
      }
      if token.isSymbol("}") {
        if depth <= outer { return }
        advance()
        if depth == outer { return }
        continue
      }
      advance()
    }
  }

  /// Skips the next block in braces; stops where a line of the next item begins if there is none.
  mutating func skipBlock() {
    let outer = depth
    while token.kind != .end, !token.isSymbol("{"), !token.isSymbol("}") { advance() }
    guard accept(symbol: "{") else { return }
    while token.kind != .end, depth > outer { advance() }
  }
}
