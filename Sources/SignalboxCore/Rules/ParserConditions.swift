extension Parser {
  /// `or` binds weakest, then `and`, then `not`.
  mutating func parseCondition() throws(ParseFailure) -> Condition { try parseOr(0) }

  private mutating func parseOr(_ nesting: Int) throws(ParseFailure) -> Condition {
    let first = try parseAnd(nesting)
    guard token.isWord("or") else { return first }
    var parts = first.orParts
    while accept(word: "or") { parts += try parseAnd(nesting).orParts }
    return .or(parts)
  }

  private mutating func parseAnd(_ nesting: Int) throws(ParseFailure) -> Condition {
    let first = try parseNot(nesting)
    guard token.isWord("and") else { return first }
    var parts = first.andParts
    while accept(word: "and") { parts += try parseNot(nesting).andParts }
    return .and(parts)
  }

  private mutating func parseNot(_ nesting: Int) throws(ParseFailure) -> Condition {
    guard nesting <= RuleLimits.nesting else {
      throw fail(token.span, "the condition is nested more than \(RuleLimits.nesting) deep; split the rule")
    }
    if accept(word: "not") { return .not(try parseNot(nesting + 1)) }
    if accept(symbol: "(") {
      let inner = try parseOr(nesting + 1)
      guard accept(symbol: ")") else {
        throw unexpected("`and`, `or` or `)`", "after the condition", words: ["and", "or"])
      }
      return inner
    }
    return try parseAtom()
  }

  private mutating func parseAtom() throws(ParseFailure) -> Condition {
    let start = token
    guard start.kind == .word else { throw unexpected("a field, `not` or `(`") }
    guard let field = Field(name: start.text) else {
      let names = Field.allCases.map(\.name)
      let suggestion = Suggestion.nearest(to: start.text, in: names)
      let help = suggestion == nil ? "; fields are " + names.map { "`\($0)`" }.joined(separator: ", ") : ""
      throw fail(start.span, "unknown field `\(start.text)`\(help)", suggestion: suggestion)
    }
    advance()
    if field == .custom { return .custom(try CustomFieldCondition.parse(field, from: start, &self)) }
    return try parseComparison(of: field, from: start)
  }

  /// After the field. `start` is the field's token, for the span of the whole.
  mutating func parseComparison(of field: Field, from start: Token) throws(ParseFailure) -> Condition {
    switch try parseComparisonWords(field) {
    case .equals: return .equals(try EqualsCondition.parse(field, from: start, &self))
    case .notEquals: return .notEquals(try NotEqualsCondition.parse(field, from: start, &self))
    case .isIn: return .isIn(try InCondition.parse(field, from: start, &self))
    case .contains: return .contains(try ContainsCondition.parse(field, from: start, &self))
    case .anyWordOf: return .anyWordOf(try AnyWordOfCondition.parse(field, from: start, &self))
    case .allWordsOf: return .allWordsOf(try AllWordsOfCondition.parse(field, from: start, &self))
    case .startsWith: return .startsWith(try StartsWithCondition.parse(field, from: start, &self))
    case .endsWith: return .endsWith(try EndsWithCondition.parse(field, from: start, &self))
    case .near: return .near(try NearCondition.parse(field, from: start, &self))
    case .less: return .less(try LessCondition.parse(field, from: start, &self))
    case .atMost: return .atMost(try AtMostCondition.parse(field, from: start, &self))
    case .greater: return .greater(try GreaterCondition.parse(field, from: start, &self))
    case .atLeast: return .atLeast(try AtLeastCondition.parse(field, from: start, &self))
    case .isAbsent: return .isAbsent(try AbsentCondition.parse(field, from: start, &self))
    case .custom: return .custom(try CustomFieldCondition.parse(field, from: start, &self))
    }
  }

  private mutating func parseComparisonWords(_ field: Field) throws(ParseFailure) -> Comparison {
    for comparison in Comparison.allCases where comparison != .custom {
      let words = comparison.words.split(separator: " ").map(String.init)
      guard token.kind == .word || token.kind == .symbol, token.text == words[0] else { continue }
      advance()
      for (index, word) in words.enumerated().dropFirst() {
        let before = words[..<index].joined(separator: " ")
        try expect(word: word, "after `\(before)` (`\(comparison.words)`)")
      }
      return comparison
    }
    let fitting = Comparison.allCases.filter(field.allows)
    throw unexpected(
      Self.either(fitting.map(\.title)), "after field `\(field.name)`",
      words: fitting.compactMap { $0.words.split(separator: " ").first.map(String.init) })
  }

  /// One value: quoted, or a bare name for the fields that have short names; durations and numbers as such.
  mutating func parseValue(_ field: Field, _ context: String) throws(ParseFailure) -> Literal {
    switch field.kind {
    case .name where token.kind == .word, .choice where token.kind == .word, .custom where token.kind == .integer:
      defer { advance() }
      return Literal(token.text, token.span)
    case .integer:
      let span = token.span
      return Literal(String(try expectInteger("a whole number", context, limit: RuleLimits.integer)), span)
    case .duration:
      let span = token.span
      return Literal(try expectDuration("a duration such as `4h`", context).text, span)
    case .text, .joinedText, .label, .name, .choice, .set, .time, .date, .custom:
      return try expectString("a value", context)
    }
  }

  /// `[ … ]` or `list "name"`.
  mutating func parseValueList(_ field: Field, _ comparison: Comparison) throws(ParseFailure) -> ValueList {
    if accept(word: "list") { return .list(try expectString("the name of a list", "after `list`")) }
    let start = token
    guard accept(symbol: "[") else { throw unexpected("`[` or `list`", "after `\(comparison.title)`", words: ["list"]) }
    var values: [Literal] = []
    while !token.isSymbol("]") {
      values.append(try parseValue(field, "in the list"))
      guard accept(symbol: ",") else { break }
    }
    guard accept(symbol: "]") else { throw unexpected("`,` or `]`", "after a value") }
    return .inline(values, span(from: start))
  }
}

extension Condition {
  fileprivate var andParts: [Condition] { if case .and(let parts) = self { parts } else { [self] } }
  fileprivate var orParts: [Condition] { if case .or(let parts) = self { parts } else { [self] } }
}
