import Foundation
@testable import SignalboxCore
import Testing

/// Whole rule sets, as tenants have them: few or many rules that share words, values and lists. The evaluator, which looks
/// at few of them, decides as if it tried one after the other, and each rule fits as the naive interpreter says.
@Suite struct IndexOracleTests {
  /// Pairs of a rule set and a ticket; more with `SIGNALBOX_RULE_PAIRS`.
  private static let pairs = ProcessInfo.processInfo.environment["SIGNALBOX_RULE_PAIRS"].flatMap(Int.init) ?? 50_000
  private static let ticketsPerSet = 50
  /// The naive interpreter is slow; for the others each rule is tried by the evaluator's own means.
  private static let pairsToOneForTheNaive = 20

  @Test func decidesAsIfEachRuleWereTried() throws {
    let seed: UInt64 = 0x5EED_0015
    print("seed \(seed), \(Self.pairs) pairs")
    var random = RuleRandom(seed: seed)
    // One for all, so that nothing of a ticket or a rule set must be left in it.
    var scratch = RuleScratch()
    var (pairs, fired, tried, rules) = (0, 0, 0, 0)
    while pairs < Self.pairs {
      let set = RandomRuleSet(&random)
      let compiled = try set.compiled()
      for _ in 0..<Self.ticketsPerSet {
        let facts = set.facts(&random)
        let values = FactValues(facts, compiled.program, compiled.uses)
        let held = compiled.rules.indices.filter { index in
          var meter = RuleMeter()
          return compiled.program.holds(from: compiled.rules[index].entry, values, &meter)
        }
        if pairs.isMultiple(of: Self.pairsToOneForTheNaive) {
          #expect(
            held == set.plain.indices.filter { NaiveRules.holds(set.plain[$0], facts) }, "\(set.text)for \(facts)")
        }
        let record = compiled.route(facts, queues: RuleFixture.queues, using: &scratch)
        let expected =
          held.first.map { DecisionRecord.Element.rule(name: "r\($0)", line: 1) } ?? .otherwise(line: 1)
        guard record.element == expected else {
          Issue.record("pair \(pairs): \(record.element), not \(expected), in\n\(set.text)for \(facts)")
          return
        }
        compiled.indexes.route.collect(values, into: &scratch.candidates)
        while scratch.candidates.popFirst() != nil { tried += 1 }
        rules += set.plain.count
        fired += held.isEmpty ? 0 : 1
        pairs += 1
      }
    }
    print("\(fired) of \(pairs) tickets met a rule; \(tried) of \(rules) rules were tried")
    #expect(fired > pairs / 4 && fired < pairs * 9 / 10)
    #expect(tried < rules / 2)
  }
}

/// A rule set, with its lists and without: `plain` has the values of each list in its place.
private struct RandomRuleSet {
  private static let span = SourceSpan.start
  private static let words = [
    "globus", "down", "data", "node", "log", "login", "gpu", "a100", "queue", "quota", "mpi", "café", "naïve",
    "日本", "transfer", "home", "scratch", "python", "module", "key", "ssh", "x", "jupyter", "billing", "award",
  ]
  private static let values = [
    "delta", "ncsa", "tacc", "email", "form", "portal", "a b", "café", "globus", "down", "vip", "outage", "x.org",
  ]

  private let lists: [(name: String, values: [String], isWords: Bool)]
  private let conditions: [Condition]
  let plain: [Condition]

  init(_ random: inout RuleRandom) {
    lists = (0..<3).map { number in
      let isWords = number < 2
      let count = Int.random(in: 2...8, using: &random)
      let values = (0..<count).map { _ in isWords ? Self.phrase(&random) : random.pick(Self.values) }
      return ("list \(number)", values, isWords)
    }
    let count =
      random.chance(88)
      ? Int.random(in: 1...15, using: &random)
      : random.chance(80) ? Int.random(in: 16...80, using: &random) : Int.random(in: 81...250, using: &random)
    // Large sets of wild conditions would hold for every ticket.
    let isNarrow = count > 15
    var (conditions, plain): ([Condition], [Condition]) = ([], [])
    for _ in 0..<count {
      // The same choices twice, with the lists named and with their values.
      var again = random
      conditions.append(Self.condition(&random, isNarrow, named: lists, depth: 3))
      plain.append(Self.condition(&again, isNarrow, named: nil, of: lists, depth: 3))
    }
    self.conditions = conditions
    self.plain = plain
  }

  private typealias Lists = [(name: String, values: [String], isWords: Bool)]

  private static func phrase(_ random: inout RuleRandom) -> String {
    let count = random.chance(70) ? 1 : Int.random(in: 2...3, using: &random)
    return (0..<count).map { _ in random.pick(words) }.joined(separator: random.pick([" ", "-"]))
  }

  private static func condition(
    _ random: inout RuleRandom, _ isNarrow: Bool, named: Lists?, of lists: Lists = [], depth: Int
  ) -> Condition {
    if isNarrow, depth == 3 {
      let parts = (0..<Int.random(in: 3...4, using: &random)).map { _ in
        atom(&random, named: named, of: lists)
      }
      return .and(parts)
    }
    guard depth > 0, random.chance(60) else { return atom(&random, named: named, of: lists) }
    let parts = (0..<Int.random(in: 2...3, using: &random)).map { _ in
      condition(&random, isNarrow, named: named, of: lists, depth: depth - 1)
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<5: return .and(parts.map { $0.isAnd ? .not($0) : $0 })
    case 5..<8: return .or(parts.map { $0.isOr ? .not($0) : $0 })
    default: return .not(parts[0])
    }
  }

  private static func atom(_ random: inout RuleRandom, named: Lists?, of lists: Lists) -> Condition {
    let lists = named ?? lists
    func list(_ isWords: Bool, _ random: inout RuleRandom) -> ValueList {
      guard random.chance(30) else {
        let count = Int.random(in: 1...4, using: &random)
        let values = (0..<count).map { _ in Literal(isWords ? phrase(&random) : random.pick(Self.values), span) }
        return .inline(values, span)
      }
      let list = random.pick(lists.filter { $0.isWords == isWords })
      return named == nil ? .inline(list.values.map { Literal($0, span) }, span) : .list(Literal(list.name, span))
    }
    let whole = random.pick([Field.category, .resource, .channel, .organization, .tag, .tag, .subject, .requester])
    let searched = random.pick([Field.text, .text, .text, .subject, .body, .category, .organization])
    switch Int.random(in: 0..<24, using: &random) {
    case 20..<24: return RandomRules.ordered(&random)
    case 0..<5:
      return .equals(EqualsCondition(field: whole, value: Literal(random.pick(values), span), span: span))
    case 5..<7:
      return .notEquals(NotEqualsCondition(field: whole, value: Literal(random.pick(values), span), span: span))
    case 7..<10: return .isIn(InCondition(field: whole, values: list(false, &random), span: span))
    case 10..<12:
      return .contains(ContainsCondition(field: searched, value: Literal(random.pick(words), span), span: span))
    case 12..<18: return .anyWordOf(AnyWordOfCondition(field: searched, words: list(true, &random), span: span))
    default: return .allWordsOf(AllWordsOfCondition(field: searched, words: list(true, &random), span: span))
    }
  }

  private var ruleSet: RuleSet {
    func queue(_ name: String) -> [Action] { [.queue(QueueAction(target: Literal(name, Self.span)))] }
    var phase = Phase(kind: .route, kindSpan: Self.span, mode: .first, modeSpan: Self.span)
    phase.elements = conditions.enumerated().map { index, condition in
      .rule(Rule(name: Literal("r\(index)", Self.span), condition: condition, actions: queue("Delta")))
    }
    phase.elements.append(.otherwise(OtherwiseElement(actions: queue("ACCESS-Triage"), span: Self.span)))
    let items = lists.map { list in
      RuleSet.Item.list(
        ListDeclaration(
          name: Literal(list.name, Self.span),
          elements: list.values.map { ListDeclaration.Element(comments: [], literal: Literal($0, Self.span)) }))
    }
    return RuleSet(
      name: Literal("t", Self.span), version: 1, versionSpan: Self.span, items: items + [.phase(phase)])
  }

  var text: String { Printer.text(of: ruleSet) }

  func compiled() throws(Diagnostics) -> CompiledRuleSet {
    CompiledRuleSet(
      try RuleSetSource.check(ruleSet, against: RuleSetContext(queues: RuleFixture.queues)), keywords: [], hash: [])
  }

  func facts(_ random: inout RuleRandom) -> RoutingFacts {
    func text(_ count: ClosedRange<Int>) -> String {
      (0..<Int.random(in: count, using: &random)).map { _ in
        let word =
          random.chance(60) ? random.pick(Self.words) : random.pick(["the", "of", "please", "hello", "datalog"])
        return (random.chance(20) ? word.uppercased() : word) + random.pick([" ", " ", "-", ", ", ". ", "\u{301} "])
      }.joined()
    }
    func maybe() -> String? {
      random.chance(30) ? nil : random.chance(80) ? random.pick(Self.values).uppercased() : text(0...2)
    }
    var facts = RoutingFacts(
      subject: random.chance(20) ? random.pick(Self.values) : text(0...3), body: text(0...12), category: maybe(),
      resource: maybe(), channel: random.pick(["email", "form", "portal"]), requester: maybe(),
      requesterOrganization: maybe(),
      tags: (0..<Int.random(in: 0...2, using: &random)).map { _ in random.pick(Self.values) },
      priority: random.pick(Field.priorities)
    )
    func hours() -> Int64 { random.pick([0, 1, 3, 5, 24, 47, 100, 200]) * 3_600_000 }
    facts.now = Timestamp(milliseconds: 1_700_000_000_000 + hours())
    facts.createdAt = Timestamp(milliseconds: facts.now.milliseconds - hours())
    facts.updatedAt = Timestamp(milliseconds: facts.now.milliseconds - hours())
    facts.queuedAt = random.chance(50) ? facts.createdAt : nil
    facts.dueAt = random.chance(50) ? Timestamp(milliseconds: facts.now.milliseconds + hours()) : nil
    facts.handoffs = Int.random(in: 0...4, using: &random)
    facts.comments = Int.random(in: 0...4, using: &random)
    return facts
  }
}
