extension Parser {
  private static let itemWords = ["list", "phase", "test", "on"]
  private static let elementWords = ["rule", "keywords", "otherwise", "phase"]

  /// The whole file. What could not be read is missing from the tree; `diagnostics` then says why.
  mutating func parseRuleSet() -> RuleSet {
    let start = token.span
    var ruleSet = RuleSet(
      comments: takeComments(), name: Literal("", start), version: 0, versionSpan: start)
    do throws(ParseFailure) {
      try parseHeader(&ruleSet)
    } catch {
      recover(to: 0, words: Self.itemWords)
    }
    while token.kind != .end {
      do throws(ParseFailure) {
        if let item = try parseItem() { ruleSet.items.append(item) }
      } catch {
        recover(to: 0, words: Self.itemWords)
        // A brace too many closes nothing; go on behind it.
        if token.isSymbol("}") { advance() }
        depth = 0
      }
    }
    ruleSet.trailingComments = takeComments()
    return ruleSet
  }

  private mutating func parseHeader(_ ruleSet: inout RuleSet) throws(ParseFailure) {
    guard accept(word: "ruleset") else {
      throw unexpected("`ruleset \"name\" version N`", "at the start", words: ["ruleset"])
    }
    ruleSet.name = try expectString("the name of the rule set", "after `ruleset`")
    try expect(word: "version", "after the name of the rule set")
    ruleSet.versionSpan = token.span
    ruleSet.version = try expectInteger("the version", "after `version`", limit: Int(Int32.max))
  }

  /// Nil for a phase that there is not; it has been reported and skipped.
  private mutating func parseItem() throws(ParseFailure) -> RuleSet.Item? {
    let comments = takeComments()
    let start = token
    if accept(word: "list") { return .list(try parseList(comments)) }
    if accept(word: "phase") { return try parsePhase(comments).map { .phase($0) } }
    if accept(word: "on") { return .on(try parseOn(comments, from: start)) }
    if accept(word: "test") { return .test(try parseTest(comments)) }
    throw unexpected(Self.either(Self.itemWords), words: Self.itemWords)
  }

  private mutating func parseList(_ comments: [String]) throws(ParseFailure) -> ListDeclaration {
    var list = ListDeclaration(
      comments: comments, name: try expectString("the name of the list", "after `list`"), elements: [])
    try expect(symbol: "[", "after the name of the list")
    while !token.isSymbol("]") {
      let comments = takeComments()
      let literal = try expectString("a value", "in the list")
      list.elements.append(ListDeclaration.Element(comments: comments, literal: literal))
      guard accept(symbol: ",") else { break }
    }
    list.trailingComments = takeComments()
    guard token.isSymbol("]") else { throw unexpected("`,` or `]`", "after a value") }
    // A comment on the line of the bracket belongs to what follows the list.
    advance()
    return list
  }

  private mutating func parsePhase(_ comments: [String]) throws(ParseFailure) -> Phase? {
    let name = token
    guard name.kind == .word else { throw unexpected("the name of the phase", "after `phase`") }
    guard let kind = Phase.Kind(rawValue: name.text) else {
      report(
        name.span, "unknown phase `\(name.text)`",
        suggestion: Suggestion.nearest(to: name.text, in: Phase.Kind.allCases.map(\.rawValue)))
      skipBlock()
      return nil
    }
    advance()
    let modes = Phase.Mode.allCases.map(\.rawValue)
    let modeSpan = token.span
    guard token.kind == .word, let mode = Phase.Mode(rawValue: token.text) else {
      throw unexpected(Self.either(modes), "after `phase \(name.text)`", words: modes)
    }
    advance()
    var phase = Phase(comments: comments, kind: kind, kindSpan: name.span, mode: mode, modeSpan: modeSpan)
    let outer = depth
    try expect(symbol: "{", "after `phase \(name.text) \(mode.rawValue)`")
    while !token.isSymbol("}"), token.kind != .end {
      do throws(ParseFailure) {
        phase.elements.append(try parseElement())
      } catch {
        recover(to: outer + 1, words: Self.elementWords)
        if token.isWord("phase") { break }
      }
    }
    phase.trailingComments = takeComments()
    try expect(symbol: "}", "at the end of `phase \(name.text)`")
    return phase
  }

  private mutating func parseElement() throws(ParseFailure) -> Phase.Element {
    let comments = takeComments()
    let start = token
    if accept(word: "rule") { return .rule(try parseRule(comments, from: start)) }
    if accept(word: "otherwise") {
      try expect(symbol: "{", "after `otherwise`")
      let actions = try parseActions(after: ["}"])
      try expect(symbol: "}", "at the end of `otherwise`")
      return .otherwise(OtherwiseElement(comments: comments, actions: actions, span: start.span))
    }
    if accept(word: "keywords") {
      try expect(word: "of", "after `keywords`")
      try expect(word: "queues", "after `keywords of`")
      var element = KeywordsElement(comments: comments, span: span(from: start))
      if accept(word: "margin") {
        element.margin = try expectInteger("the margin", "after `margin`", limit: RuleLimits.keywordMargin)
      }
      return .keywords(element)
    }
    throw unexpected("`rule`, `keywords of queues`, `otherwise` or `}`", words: ["rule", "keywords", "otherwise"])
  }
}
