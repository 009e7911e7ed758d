extension Parser {
  /// After `rule`.
  mutating func parseRule(_ comments: [String], from start: Token) throws(ParseFailure) -> Rule {
    guard token.kind == .word else {
      if token.kind == .string {
        throw fail(token.span, "the name of a rule is written without quotes: letters, digits and hyphens")
      }
      throw unexpected("the name of the rule", "after `rule`")
    }
    var rule = Rule(comments: comments, name: Literal(token.text, token.span), actions: [])
    advance()
    try expect(symbol: "{", "after the name of the rule")
    rule.whenComments = takeComments()
    if accept(word: "when") {
      rule.condition = try parseCondition()
      rule.thenComments = takeComments()
      guard accept(word: "then") else {
        throw unexpected("`and`, `or` or `then`", "after the condition", words: ["and", "or", "then"])
      }
    } else {
      // Comments before `then` of a rule without `when` are the action's.
      (rule.whenComments, rule.thenComments) = ([], rule.whenComments)
      guard accept(word: "then") else { throw unexpected("`when` or `then`", "in the rule", words: ["when", "then"]) }
    }
    rule.actions = try parseActions(after: ["because", "}"])
    rule.becauseComments = takeComments()
    if accept(word: "because") {
      rule.because = try expectString("the reason", "after `because`")
      rule.trailingComments = takeComments()
    } else {
      (rule.becauseComments, rule.trailingComments) = ([], rule.becauseComments)
    }
    try expect(symbol: "}", "at the end of the rule")
    rule.byteCount = consumedEnd - start.start
    return rule
  }

  /// One or more, separated by `;`, up to one of the given tokens.
  mutating func parseActions(after ends: [String]) throws(ParseFailure) -> [Action] {
    var actions = [try parseAction()]
    while accept(symbol: ";") { actions.append(try parseAction()) }
    guard ends.contains(token.text), token.kind == .word || token.kind == .symbol else {
      throw unexpected(Self.either([";"] + ends), "after the action", words: ends)
    }
    return actions
  }

  private mutating func parseAction() throws(ParseFailure) -> Action {
    guard token.kind == .word, let kind = Action.Kind.allCases.first(where: { $0.firstWord == token.text }) else {
      let kinds = Action.Kind.allCases
      throw unexpected("an action (\(Self.either(kinds.map(\.rawValue))))", words: kinds.map(\.firstWord))
    }
    // An assignment reads its first word itself, which tests share.
    if [.assign, .defaultAssignee, .leaveUnassigned].contains(kind) { return .assign(try AssignAction.parse(&self)) }
    advance()
    switch kind {
    case .queue: return .queue(try QueueAction.parse(&self))
    case .set:
      return accept(word: "status") ? .setStatus(try SetStatusAction.parse(&self)) : .set(try SetAction.parse(&self))
    case .addTag: return .addTag(try AddTagAction.parse(&self))
    case .raisePriority: return .raisePriority(try RaisePriorityAction.parse(&self))
    case .respondWithin: return .respondWithin(try RespondWithinAction.parse(&self))
    case .notify: return .notify(try NotifyAction.parse(&self))
    case .atMost: return .atMost(try AtMostAction.parse(&self))
    case .assign, .defaultAssignee, .leaveUnassigned: return .assign(try AssignAction.parse(&self))
    }
  }

  /// `["a", "b"]`, one or more.
  mutating func parseStrings(_ what: String, _ context: String) throws(ParseFailure) -> [Literal] {
    try expect(symbol: "[", context)
    var values = [try expectString(what, "in the list")]
    while accept(symbol: ","), !token.isSymbol("]") { values.append(try expectString(what, "in the list")) }
    guard accept(symbol: "]") else { throw unexpected("`,` or `]`", "after a value") }
    return values
  }
}
