extension RuleSetJSON {
  // MARK: The file

  static func encode(_ ruleSet: RuleSet) -> RuleJSON {
    var out = JSONObject()
    out.add("comments", comments: ruleSet.comments)
    out.add("ruleset", ruleSet.name.value)
    out.add("version", .integer(ruleSet.version))
    out.add("items", .array(ruleSet.items.map(encode)))
    out.add("trailing_comments", comments: ruleSet.trailingComments)
    return out.json
  }

  static func decode(_ json: RuleJSON) throws(JSONMismatch) -> RuleSet {
    var fields = try JSONFields(json)
    var ruleSet = RuleSet(
      comments: try fields.comments(), name: try fields.literal("ruleset"),
      version: try fields.integer("version", in: 0...Int(Int32.max)), versionSpan: .start)
    ruleSet.items = try fields.array("items", item)
    ruleSet.trailingComments = try fields.comments("trailing_comments")
    try fields.end()
    return ruleSet
  }

  private static func encode(_ item: RuleSet.Item) -> RuleJSON {
    switch item {
    case .list(let list): encode(list)
    case .phase(let phase): encode(phase)
    case .on(let clause): encode(clause)
    case .test(let test): encode(test)
    }
  }

  private static func item(_ json: RuleJSON) throws(JSONMismatch) -> RuleSet.Item {
    let fields = try JSONFields(json)
    if fields.has("list") { return .list(try list(fields)) }
    if fields.has("phase") { return .phase(try phase(fields)) }
    if fields.has("on") { return .on(try clause(fields)) }
    if fields.has("test") { return .test(try test(fields)) }
    throw JSONMismatch(message: "expected an object with `list`, `phase`, `on` or `test`")
  }

  // MARK: Lists

  private static func encode(_ list: ListDeclaration) -> RuleJSON {
    var out = JSONObject()
    out.add("comments", comments: list.comments)
    out.add("list", list.name.value)
    let values = list.elements.map { element -> RuleJSON in
      guard !element.comments.isEmpty else { return .string(element.literal.value) }
      var out = JSONObject()
      out.add("comments", comments: element.comments)
      out.add("value", element.literal.value)
      return out.json
    }
    out.add("values", .array(values))
    out.add("trailing_comments", comments: list.trailingComments)
    return out.json
  }

  private static func list(_ given: JSONFields) throws(JSONMismatch) -> ListDeclaration {
    var fields = given
    var list = ListDeclaration(comments: try fields.comments(), name: try fields.literal("list"), elements: [])
    list.elements = try fields.array("values") { (json) throws(JSONMismatch) -> ListDeclaration.Element in
      if case .string(let text) = json { return .init(comments: [], literal: Literal(text, .start)) }
      var fields = try JSONFields(json)
      let element = ListDeclaration.Element(comments: try fields.comments(), literal: try fields.literal("value"))
      try fields.end()
      return element
    }
    list.trailingComments = try fields.comments("trailing_comments")
    try fields.end()
    return list
  }

  // MARK: on

  private static func encode(_ clause: OnClause) -> RuleJSON {
    var out = JSONObject()
    out.add("comments", comments: clause.comments)
    out.add("on", clause.trigger.rawValue)
    out.add("run", .array(clause.phases.map { .string($0.kind.rawValue) }))
    return out.json
  }

  private static func clause(_ given: JSONFields) throws(JSONMismatch) -> OnClause {
    var fields = given
    let comments = try fields.comments()
    let trigger = try fields.choice("on", of: OnClause.Trigger.self)
    let phases = try fields.array("run") { (json) throws(JSONMismatch) -> OnClause.PhaseName in
      guard let kind = Phase.Kind(rawValue: try JSONFields.string(json)) else {
        throw JSONMismatch(message: "expected \(Parser.either(Phase.Kind.allCases.map(\.rawValue)))")
      }
      return .init(kind: kind, span: .start)
    }
    guard !phases.isEmpty else { throw JSONMismatch(message: "`run` is empty") }
    try fields.end()
    return OnClause(comments: comments, trigger: trigger, span: .start, phases: phases)
  }

  // MARK: Phases

  private static func encode(_ phase: Phase) -> RuleJSON {
    var out = JSONObject()
    out.add("comments", comments: phase.comments)
    out.add("phase", phase.kind.rawValue)
    out.add("mode", phase.mode.rawValue)
    out.add("elements", .array(phase.elements.map(encode)))
    out.add("trailing_comments", comments: phase.trailingComments)
    return out.json
  }

  private static func phase(_ given: JSONFields) throws(JSONMismatch) -> Phase {
    var fields = given
    var phase = Phase(
      comments: try fields.comments(), kind: try fields.choice("phase", of: Phase.Kind.self), kindSpan: .start,
      mode: try fields.choice("mode", of: Phase.Mode.self), modeSpan: .start)
    phase.elements = try fields.array("elements", element)
    phase.trailingComments = try fields.comments("trailing_comments")
    try fields.end()
    return phase
  }

  private static func encode(_ element: Phase.Element) -> RuleJSON {
    var out = JSONObject()
    switch element {
    case .keywords(let keywords):
      out.add("comments", comments: keywords.comments)
      out.add("keywords", "queues")
      out.add("margin", .integer(keywords.margin))
    case .otherwise(let otherwise):
      out.add("comments", comments: otherwise.comments)
      out.add("otherwise", .array(otherwise.actions.map(encode)))
    case .rule(let rule):
      out.add("comments", comments: rule.comments)
      out.add("rule", rule.name.value)
      out.add("when_comments", comments: rule.whenComments)
      if let condition = rule.condition { out.add("when", encode(condition)) }
      out.add("then_comments", comments: rule.thenComments)
      out.add("then", .array(rule.actions.map(encode)))
      out.add("because_comments", comments: rule.becauseComments)
      out.add("because", rule.because?.value)
      out.add("trailing_comments", comments: rule.trailingComments)
    }
    return out.json
  }

  private static func element(_ json: RuleJSON) throws(JSONMismatch) -> Phase.Element {
    var fields = try JSONFields(json)
    let comments = try fields.comments()
    let element: Phase.Element
    if fields.has("rule") {
      element = .rule(try rule(&fields, comments))
    } else if fields.has("otherwise") {
      element = .otherwise(
        OtherwiseElement(comments: comments, actions: try actions("otherwise", &fields), span: .start))
    } else {
      guard try fields.string("keywords") == "queues" else {
        throw JSONMismatch(message: "expected an object with `rule` or `otherwise`, or `keywords` with `queues`")
      }
      element = .keywords(
        KeywordsElement(
          comments: comments, margin: try fields.integer("margin", in: 0...RuleLimits.keywordMargin), span: .start))
    }
    try fields.end()
    return element
  }

  private static func rule(_ fields: inout JSONFields, _ comments: [String]) throws(JSONMismatch) -> Rule {
    var rule = Rule(comments: comments, name: try fields.literal("rule"), actions: [])
    guard RuleText.isWord(rule.name.value) else {
      throw JSONMismatch(path: [".rule"], message: "the name of a rule is a letter, then letters, digits and hyphens")
    }
    rule.whenComments = try fields.comments("when_comments")
    if let condition = fields.take("when") {
      do throws(JSONMismatch) {
        rule.condition = try self.condition(condition)
      } catch {
        throw JSONMismatch(path: error.path + [".when"], message: error.message)
      }
    }
    rule.thenComments = try fields.comments("then_comments")
    rule.actions = try actions("then", &fields)
    rule.becauseComments = try fields.comments("because_comments")
    rule.because = try fields.optionalLiteral("because")
    rule.trailingComments = try fields.comments("trailing_comments")
    return rule
  }

  private static func actions(_ key: String, _ fields: inout JSONFields) throws(JSONMismatch) -> [Action] {
    let actions = try fields.array(key, action)
    guard !actions.isEmpty else { throw JSONMismatch(path: [".\(key)"], message: "there is no action") }
    return actions
  }
}
