@testable import SignalboxCore

/// Random trees, as wild as the grammar allows; and conditions small enough to be often true.
enum RandomRules {
  private static let span = SourceSpan.start
  private static let texts = [
    "a", "Globus", "two words", "", "\"", "\\", "é", "日本語", "\u{202E}", "\n\t\r", "\u{0}", "# no comment", "a]b}c",
    "\u{1F600}", "list", "form", "and",
  ]
  private static let names = ["a", "x-1", "own-desk", "rule", "when", "list", "A_b", "otherwise"]

  static func ruleSet(_ random: inout RuleRandom) -> RuleSet {
    var ruleSet = RuleSet(
      comments: comments(&random), name: literal(&random), version: Int.random(in: 0...99, using: &random),
      versionSpan: span)
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      ruleSet.items.append(random.chance(50) ? .list(list(&random)) : .phase(phase(&random)))
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

  private static func list(_ random: inout RuleRandom) -> ListDeclaration {
    var list = ListDeclaration(comments: comments(&random), name: literal(&random), elements: [])
    for _ in 0..<Int.random(in: 0...(random.chance(10) ? 30 : 4), using: &random) {
      list.elements.append(ListDeclaration.Element(comments: comments(&random), literal: literal(&random)))
    }
    list.trailingComments = comments(&random)
    return list
  }

  private static func phase(_ random: inout RuleRandom) -> Phase {
    var phase = Phase(
      comments: comments(&random), kind: .route, kindSpan: span, mode: random.pick(Phase.Mode.allCases), modeSpan: span)
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

  private static func actions(_ random: inout RuleRandom) -> [Action] {
    (0..<Int.random(in: 1...2, using: &random)).map { _ in .queue(QueueAction(target: literal(&random))) }
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

  /// Without `lists` only what the checker accepts is made: no named lists, comparisons that fit their fields.
  static func condition(_ random: inout RuleRandom, depth: Int, words: [String], lists: Bool = true) -> Condition {
    guard depth > 0, random.chance(60) else { return atom(&random, words, lists) }
    func parts(without isSame: (Condition) -> Bool) -> [Condition] {
      (0..<Int.random(in: 2...3, using: &random)).map { _ in
        let part = condition(&random, depth: depth - 1, words: words, lists: lists)
        return isSame(part) ? .not(part) : part
      }
    }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return .and(parts(without: \.isAnd))
    case 1: return .or(parts(without: \.isOr))
    default: return .not(condition(&random, depth: depth - 1, words: words, lists: lists))
    }
  }

  private static func atom(_ random: inout RuleRandom, _ words: [String], _ lists: Bool) -> Condition {
    func value() -> Literal { Literal(random.pick(words), span) }
    func values() -> ValueList {
      if lists, random.chance(20) { return .list(value()) }
      return .inline((0..<Int.random(in: 1...3, using: &random)).map { _ in value() }, span)
    }
    let comparison = random.pick(Comparison.allCases)
    let field = random.pick(Field.allCases.filter { lists || fits($0, comparison) })
    switch comparison {
    case .equals: return .equals(EqualsCondition(field: field, value: value(), span: span))
    case .notEquals: return .notEquals(NotEqualsCondition(field: field, value: value(), span: span))
    case .isIn: return .isIn(InCondition(field: field, values: values(), span: span))
    case .contains: return .contains(ContainsCondition(field: field, value: value(), span: span))
    case .anyWordOf: return .anyWordOf(AnyWordOfCondition(field: field, words: values(), span: span))
    case .allWordsOf: return .allWordsOf(AllWordsOfCondition(field: field, words: values(), span: span))
    }
  }

  /// Whether the checker lets the field be compared so, whatever the value.
  private static func fits(_ field: Field, _ comparison: Comparison) -> Bool {
    let searches = [Comparison.contains, .anyWordOf, .allWordsOf].contains(comparison)
    switch field.kind {
    case .text: return true
    case .joinedText: return searches
    case .name, .set: return !searches
    case .priority: return false
    }
  }
}
