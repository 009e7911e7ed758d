extension Parser {
  private static let expectations = [
    "queue", "not", "category", "type", "tags", "has", "priority", "assign", "default", "leave", "rule", "notified",
  ]

  /// After `test`.
  mutating func parseTest(_ comments: [String]) throws(ParseFailure) -> TestBlock {
    var test = TestBlock(comments: comments, name: try expectString("the name of the test", "after `test`"))
    try expect(symbol: "{", "after the name of the test")
    test.givenComments = takeComments()
    try expect(word: "given", "at the start of the test")
    try expect(symbol: "{", "after `given`")
    while !token.isSymbol("}") {
      test.given.append(try parseGiven())
      guard accept(symbol: ";") else { break }
    }
    test.givenTrailingComments = takeComments()
    guard accept(symbol: "}") else { throw unexpected("`;` or `}`", "after what is given") }
    test.expectComments = takeComments()
    try expect(word: "expect", "after `given { … }`")
    try expect(symbol: "{", "after `expect`")
    while !token.isSymbol("}") {
      test.expect.append(try parseExpectation())
      guard accept(symbol: ";") else { break }
    }
    test.expectTrailingComments = takeComments()
    guard accept(symbol: "}") else { throw unexpected("`;` or `}`", "after what is expected") }
    test.trailingComments = takeComments()
    try expect(symbol: "}", "at the end of the test")
    return test
  }

  private mutating func parseGiven() throws(ParseFailure) -> TestBlock.Given {
    let comments = takeComments()
    let span = token.span
    let names = TestTicket.fields.map { $0 == .tag ? "tags" : $0.name }
    guard token.kind == .word, let index = names.firstIndex(of: token.text) else {
      throw unexpected("a field of the ticket (\(Self.either(names)))", words: names)
    }
    let field = TestTicket.fields[index]
    advance()
    var given = TestBlock.Given(comments: comments, field: field, span: span, name: nil, values: [])
    switch field {
    case .tag: given.values = try parseLiterals("a tag", "after `tags`")
    case .custom:
      let name = try expectString("the name of a custom field", "after `field`")
      given.name = name
      given.values = [try parseValue(field, "after `field \(RuleText.quoted(name.value))`")]
    default: given.values = [try parseValue(field, "after `\(field.name)`")]
    }
    return given
  }

  private mutating func parseExpectation() throws(ParseFailure) -> TestBlock.Expectation {
    let comments = takeComments()
    let span = token.span
    return TestBlock.Expectation(comments: comments, span: span, outcome: try parseOutcome())
  }

  private mutating func parseOutcome() throws(ParseFailure) -> TestBlock.Expectation.Outcome {
    if ["assign", "default", "leave"].contains(token.text), token.kind == .word {
      return .assign(try AssignAction.parse(&self))
    }
    if accept(word: "queue") { return .queue(try expectString("the name of a queue", "after `queue`"), isNot: false) }
    if accept(word: "category") { return .category(try expectString("a category", "after `category`")) }
    if accept(word: "type") { return .type(try expectString("a ticket type", "after `type`")) }
    if accept(word: "tags") { return .tags(try parseLiterals("a tag", "after `tags`")) }
    if accept(word: "has") {
      try expect(word: "tag", "after `has`")
      return .hasTag(try expectString("a tag", "after `has tag`"))
    }
    if accept(word: "priority") { return .priority(try parseValue(.priority, "after `priority`")) }
    if accept(word: "notified") { return .notified(try NotifyAction.parseTarget(&self, "after `notified`")) }
    if accept(word: "rule") { return .fires(try parseFiring(), isNot: false) }
    if accept(word: "not") {
      if accept(word: "queue") {
        return .queue(try expectString("the name of a queue", "after `not queue`"), isNot: true)
      }
      try expect(word: "rule", "or `queue` after `not`")
      return .fires(try parseFiring(), isNot: true)
    }
    throw unexpected("what is expected (\(Self.either(Self.expectations)))", words: Self.expectations)
  }

  private mutating func parseFiring() throws(ParseFailure) -> Literal {
    guard token.kind == .word else { throw unexpected("the name of a rule", "after `rule`") }
    let rule = Literal(token.text, token.span)
    advance()
    try expect(word: "fires", "after `rule \(rule.value)`")
    return rule
  }

  /// `[]` or as `parseStrings`.
  private mutating func parseLiterals(_ what: String, _ context: String) throws(ParseFailure) -> [Literal] {
    guard token.isSymbol("[") else { throw unexpected("`[`", context) }
    var values: [Literal] = []
    advance()
    while !token.isSymbol("]") {
      values.append(try expectString(what, "in the list"))
      guard accept(symbol: ",") else { break }
    }
    guard accept(symbol: "]") else { throw unexpected("`,` or `]`", "after a value") }
    return values
  }
}
