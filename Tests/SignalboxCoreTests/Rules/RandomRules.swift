@testable import SignalboxCore

/// Random trees, as wild as the grammar allows.
enum RandomRules {
  static let span = SourceSpan.start
  static let texts = [
    "a", "Globus", "two words", "", "\"", "\\", "é", "日本語", "\u{202E}", "\n\t\r", "\u{0}", "# no comment", "a]b}c",
    "\u{1F600}", "list", "form", "and", "7", "007",
  ]
  private static let names = ["a", "x-1", "own-desk", "rule", "when", "list", "A_b", "otherwise"]

  static func ruleSet(_ random: inout RuleRandom) -> RuleSet {
    var ruleSet = RuleSet(
      comments: comments(&random), name: literal(&random), version: Int.random(in: 0...99, using: &random),
      versionSpan: span)
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: ruleSet.items.append(.list(list(&random)))
      case 2: ruleSet.items.append(.on(clause(&random)))
      case 3: ruleSet.items.append(.test(test(&random)))
      default: ruleSet.items.append(.phase(phase(&random)))
      }
    }
    ruleSet.trailingComments = comments(&random)
    return ruleSet
  }

  private static func comments(_ random: inout RuleRandom) -> [String] {
    guard random.chance(15) else { return [] }
    return (0..<Int.random(in: 1...2, using: &random)).map { _ in
      random.pick(["", "why", "# twice", "\"quoted\" }", "é"])
    }
  }

  private static func literal(_ random: inout RuleRandom) -> Literal { Literal(random.pick(texts), span) }

  private static func literals(_ random: inout RuleRandom, _ count: ClosedRange<Int>) -> [Literal] {
    (0..<Int.random(in: count, using: &random)).map { _ in literal(&random) }
  }

  static func duration(_ random: inout RuleRandom) -> RuleDuration {
    let texts = ["0m", "30m", "4h", "2d", "1w", "3650d"]
    return RuleDuration(random.pick(texts)) ?? duration(&random)
  }

  private static func list(_ random: inout RuleRandom) -> ListDeclaration {
    var list = ListDeclaration(comments: comments(&random), name: literal(&random), elements: [])
    for _ in 0..<Int.random(in: 0...(random.chance(10) ? 30 : 4), using: &random) {
      list.elements.append(ListDeclaration.Element(comments: comments(&random), literal: literal(&random)))
    }
    list.trailingComments = comments(&random)
    return list
  }

  private static func clause(_ random: inout RuleRandom) -> OnClause {
    OnClause(
      comments: comments(&random), trigger: random.pick(OnClause.Trigger.allCases), span: span,
      phases: (0..<Int.random(in: 1...3, using: &random)).map { _ in
        .init(kind: random.pick(Phase.Kind.allCases), span: span)
      })
  }

  // MARK: Tests

  private static func test(_ random: inout RuleRandom) -> TestBlock {
    var test = TestBlock(comments: comments(&random), name: literal(&random))
    test.givenComments = comments(&random)
    test.given = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      let field = random.pick(TestTicket.fields)
      let values = field == .tag ? literals(&random, 0...3) : [value(&random, of: field, texts)]
      return .init(
        comments: comments(&random), field: field, span: span, name: field == .custom ? literal(&random) : nil,
        values: values)
    }
    test.givenTrailingComments = comments(&random)
    test.expectComments = comments(&random)
    test.expect = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      .init(comments: comments(&random), span: span, outcome: outcome(&random))
    }
    test.expectTrailingComments = comments(&random)
    test.trailingComments = comments(&random)
    return test
  }

  private static func outcome(_ random: inout RuleRandom) -> TestBlock.Expectation.Outcome {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: .queue(literal(&random), isNot: random.chance(50))
    case 1: .category(literal(&random))
    case 2: .type(literal(&random))
    case 3: .tags(literals(&random, 0...3))
    case 4: .hasTag(literal(&random))
    case 5: .priority(value(&random, of: .priority, texts))
    case 6: .assign(assignment(&random))
    case 7: .fires(Literal(random.pick(names), span), isNot: random.chance(50))
    default: .notified(target(&random))
    }
  }

  // MARK: Phases

  private static func phase(_ random: inout RuleRandom) -> Phase {
    var phase = Phase(
      comments: comments(&random), kind: random.pick(Phase.Kind.allCases), kindSpan: span,
      mode: random.pick(Phase.Mode.allCases), modeSpan: span)
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        phase.elements.append(
          .keywords(KeywordsElement(comments: comments(&random), margin: random.pick([100, 0, 7]), span: span)))
      case 1:
        phase.elements.append(
          .otherwise(OtherwiseElement(comments: comments(&random), actions: actions(&random), span: span)))
      default: phase.elements.append(.rule(rule(&random)))
      }
    }
    phase.trailingComments = comments(&random)
    return phase
  }

  private static func rule(_ random: inout RuleRandom) -> Rule {
    var rule = Rule(comments: comments(&random), name: Literal(random.pick(names), span), actions: actions(&random))
    if random.chance(85) {
      rule.whenComments = comments(&random)
      rule.condition = condition(&random, depth: 4, words: texts)
    }
    rule.thenComments = comments(&random)
    if random.chance(50) {
      rule.becauseComments = comments(&random)
      rule.because = literal(&random)
    }
    rule.trailingComments = comments(&random)
    return rule
  }

  // MARK: Actions

  private static func actions(_ random: inout RuleRandom) -> [Action] {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in action(&random) }
  }

  private static func action(_ random: inout RuleRandom) -> Action {
    let place = Place(span)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return .queue(QueueAction(target: literal(&random)))
    case 1:
      let target = random.pick([SetAction.Target.category, .type, .resource, .field(literal(&random))])
      return .set(SetAction(target: target, value: literal(&random)))
    case 2: return .setStatus(SetStatusAction(status: value(&random, of: .status, texts)))
    case 3: return .addTag(AddTagAction(tag: literal(&random)))
    case 4: return .raisePriority(RaisePriorityAction(priority: value(&random, of: .priority, texts)))
    case 5: return .respondWithin(RespondWithinAction(duration: duration(&random), place: place))
    case 6: return .assign(assignment(&random))
    case 7:
      let saying = random.chance(50) ? literal(&random) : nil
      return .notify(NotifyAction(target: target(&random), saying: saying, place: place))
    default: return .atMost(AtMostAction(count: Int.random(in: 0...9, using: &random), place: place))
    }
  }

  private static func assignment(_ random: inout RuleRandom) -> AssignAction {
    let target: AssignAction.Target
    switch Int.random(in: 0..<6, using: &random) {
    case 0: target = .person(literal(&random))
    case 1: target = .defaultAssignee
    case 2: target = .nobody
    default:
      var strategy = AssignAction.Strategy(method: random.pick(AssignAction.Strategy.Method.allCases))
      if random.chance(50) { strategy.group = literal(&random) }
      if random.chance(50) { strategy.skills = literals(&random, 1...3) }
      if random.chance(50), !strategy.skills.isEmpty { strategy.relaxedAfter = duration(&random) }
      if random.chance(50) { strategy.cap = .init(count: 5, window: duration(&random)) }
      if random.chance(50) { strategy.offer = duration(&random) }
      target = .strategy(strategy)
    }
    return AssignAction(target: target, place: Place(span))
  }

  private static func target(_ random: inout RuleRandom) -> NotifyAction.Target {
    random.pick([.queueWatchers, .assignee, .requester, .person(literal(&random)), .group(literal(&random))])
  }

  // MARK: Conditions

  /// With `isValid` only what the checker accepts is made: no named lists, comparisons that fit their fields.
  static func condition(_ random: inout RuleRandom, depth: Int, words: [String], isValid: Bool = false) -> Condition {
    guard depth > 0, random.chance(60) else { return atom(&random, words, isValid) }
    func parts(without isSame: (Condition) -> Bool) -> [Condition] {
      (0..<Int.random(in: 2...3, using: &random)).map { _ in
        let part = condition(&random, depth: depth - 1, words: words, isValid: isValid)
        return isSame(part) ? .not(part) : part
      }
    }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return .and(parts(without: \.isAnd))
    case 1: return .or(parts(without: \.isOr))
    default: return .not(condition(&random, depth: depth - 1, words: words, isValid: isValid))
    }
  }

  /// One comparison that has an order, in either direction.
  static func ordered(_ random: inout RuleRandom) -> Condition {
    let field = random.pick([Field.age, .idle, .timeInQueue, .dueIn, .handoffs, .comments, .priority, .time, .date])
    return atom(&random, field, random.pick([.less, .atMost, .greater, .atLeast]), [], true)
  }

  private static func atom(_ random: inout RuleRandom, _ words: [String], _ isValid: Bool) -> Condition {
    let comparison = random.pick(Comparison.allCases.filter { $0 != .custom })
    let field = random.pick(Field.allCases.filter { !isValid || $0.allows(comparison) })
    let inner = atom(&random, field, comparison, words, isValid)
    guard field == .custom else { return inner }
    let name = isValid ? Literal(random.pick(["x", "y"]), span) : literal(&random)
    return .custom(CustomFieldCondition(name: name, inner: inner, span: span))
  }

  private static func atom(
    _ random: inout RuleRandom, _ field: Field, _ comparison: Comparison, _ words: [String], _ isValid: Bool
  ) -> Condition {
    func value() -> Literal {
      if isValid, field == .custom, [.less, .atMost, .greater, .atLeast].contains(comparison) {
        return Literal(random.pick(["0", "4.50", "-3", "12"]), span)
      }
      return RandomRules.value(&random, of: field, words)
    }
    func values() -> ValueList {
      if !isValid, random.chance(20) { return .list(literal(&random)) }
      return .inline((0..<Int.random(in: 1...3, using: &random)).map { _ in value() }, span)
    }
    switch comparison {
    case .equals: return .equals(EqualsCondition(field: field, value: value(), span: span))
    case .notEquals: return .notEquals(NotEqualsCondition(field: field, value: value(), span: span))
    case .isIn: return .isIn(InCondition(field: field, values: values(), span: span))
    case .contains: return .contains(ContainsCondition(field: field, value: value(), span: span))
    case .anyWordOf: return .anyWordOf(AnyWordOfCondition(field: field, words: values(), span: span))
    case .allWordsOf: return .allWordsOf(AllWordsOfCondition(field: field, words: values(), span: span))
    case .startsWith: return .startsWith(StartsWithCondition(field: field, value: value(), span: span))
    case .endsWith: return .endsWith(EndsWithCondition(field: field, value: value(), span: span))
    case .near:
      let window = random.pick(isValid ? [2, 3, 5, 64] : [0, 1, 64])
      return .near(NearCondition(field: field, window: window, words: values(), span: span))
    case .less: return .less(LessCondition(field: field, value: value(), span: span))
    case .atMost: return .atMost(AtMostCondition(field: field, value: value(), span: span))
    case .greater: return .greater(GreaterCondition(field: field, value: value(), span: span))
    case .atLeast: return .atLeast(AtLeastCondition(field: field, value: value(), span: span))
    case .isAbsent, .custom: return .isAbsent(AbsentCondition(field: field, span: span))
    }
  }

  /// Of the form that the field's values have, and for names and choices among those that there are.
  static func value(_ random: inout RuleRandom, of field: Field, _ words: [String]) -> Literal {
    let text =
      switch field.kind {
      case .choice: random.pick(field.choices)
      case .integer: random.pick(["0", "1", "3", "999999999"])
      case .duration: duration(&random).text
      case .time: random.pick(["00:00", "08:30", "12:00", "23:59"])
      case .date: random.pick(["1969-12-31", "2024-02-29", "2026-03-01"])
      case .label where field == .queue || field == .previousQueue: random.pick(["Delta", "Globus", "ACCESS-Triage"])
      case .text, .joinedText, .label, .name, .set, .custom: random.pick(words)
      }
    return Literal(text, span)
  }
}
