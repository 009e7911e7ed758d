import Foundation
@testable import SignalboxCore
import Testing

@Suite struct EvaluatorOracleTests {
  static let words = [
    "globus", "Down", "data", "node", "é", "log", "data node", "globus-down", "not now", "login", "g",
  ]

  /// The nightly run asks for more.
  private static let pairs =
    ProcessInfo.processInfo.environment["SIGNALBOX_RULE_PAIRS"].flatMap { Int($0) } ?? 50_000

  @Test func agreesWithTheNaiveInterpreter() throws {
    let seed: UInt64 = 0x5EED_0005
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    var (pairs, held) = (0, 0)
    while pairs < Self.pairs {
      let conditions = (0..<10).map { _ in RandomRules.condition(&random, depth: 3, words: Self.words, isValid: true) }
      let compiled = try compile(conditions)
      for _ in 0..<10 {
        let facts = Self.facts(&random)
        let expected = conditions.map { NaiveRules.holds($0, facts) }
        for (index, trace) in compiled.explain(facts).enumerated() where (trace.failure == nil) != expected[index] {
          Issue.record("\(Printer.text(of: conditions[index])) should be \(expected[index]) for \(facts)")
        }
        let first = expected.firstIndex(of: true).map { "r\($0)" } ?? "none"
        let record = compiled.route(facts, queues: RuleFixture.queues)
        if case .rule(let name, _) = record.element { #expect(name == first) } else { #expect("none" == first) }
        for match in record.matches { check(match, facts) }
        pairs += conditions.count
        held += expected.filter { $0 }.count
      }
    }
    print("\(held) of \(pairs) conditions held")
    #expect(held > pairs / 5 && held < pairs * 4 / 5)
  }

  private func compile(_ conditions: [Condition]) throws(Diagnostics) -> CompiledRuleSet {
    let span = SourceSpan.start
    func queue(_ name: String) -> [Action] { [.queue(QueueAction(target: Literal(name, span)))] }
    var phase = Phase(kind: .route, kindSpan: span, mode: .first, modeSpan: span)
    for (index, condition) in conditions.enumerated() {
      phase.elements.append(
        .rule(Rule(name: Literal("r\(index)", span), condition: condition, actions: queue("Delta"))))
    }
    phase.elements.append(.otherwise(OtherwiseElement(actions: queue("ACCESS-Triage"), span: span)))
    let ruleSet = RuleSet(name: Literal("t", span), version: 1, versionSpan: span, items: [.phase(phase)])
    return CompiledRuleSet(
      try RuleSetSource.check(ruleSet, against: RuleSetContext(queues: RuleFixture.queues)), keywords: [], hash: [])
  }

  /// A word that a record claims to have found must begin at the offset it gives.
  private func check(_ match: DecisionRecord.Match, _ facts: RoutingFacts) {
    guard let offset = match.offset, let value = facts.value(of: match.field) else { return }
    let rest = FoldedText(String(decoding: Array(value.utf8)[offset...], as: UTF8.self))
    let pattern = FoldedText(match.pattern)
    #expect(
      rest.bytes.starts(with: pattern.bytes)
        || zip(pattern.words, rest.words).allSatisfy { a, b in
          pattern.bytes[Int(a.start)..<Int(a.end)].elementsEqual(rest.bytes[Int(b.start)..<Int(b.end)])
        })
  }

  static func facts(_ random: inout RuleRandom) -> RoutingFacts {
    func text(_ count: ClosedRange<Int>) -> String {
      (0..<Int.random(in: count, using: &random)).map { _ in
        let word = random.pick(words)
        return (random.chance(30) ? word.uppercased() : word) + random.pick([" ", "-", ", ", ".", "", "_", "\u{301} "])
      }.joined()
    }
    func maybe() -> String? { random.chance(30) ? nil : random.chance(60) ? random.pick(words) : text(0...3) }
    var facts = RoutingFacts(
      subject: random.chance(20) ? random.pick(words) : text(0...4), body: text(0...9), category: maybe(),
      resource: maybe(),
      channel: random.pick(words), requester: random.pick([nil, "x", "@", "a@b@Down", "Globus@DATA", "log"]),
      requesterOrganization: maybe(), tags: (0..<Int.random(in: 0...3, using: &random)).map { _ in random.pick(words) },
      priority: random.pick(Field.priorities))
    func queue() -> String? { random.pick([nil, "Delta", "globus", "Globus", "ACCESS-Triage"]) }
    func instant() -> Timestamp {
      // About the durations, the turn of days and years, and before 1970.
      let hours = Int64.random(in: -60...60, using: &random) * random.pick([1, 1, 24, 168])
      return Timestamp(milliseconds: hours * 3_600_000 + random.pick([0, 0, -1, 60_000]))
    }
    facts.type = maybe()
    facts.status = random.pick(Field.statuses)
    facts.queue = queue()
    facts.previousQueue = queue()
    facts.queueOrganization = maybe()
    facts.assignee = maybe()
    facts.fields = ["x", "y"].compactMap { name in
      let value = random.pick([nil, "0", "4.5", "04.50", "-3", "12", "x", "-", "4.", text(0...5)])
      return value.map { .init(name: name, value: $0) }
    }
    facts.handoffs = Int.random(in: 0...3, using: &random)
    facts.comments = Int.random(in: 0...3, using: &random)
    facts.now = instant()
    facts.createdAt = instant()
    facts.updatedAt = instant()
    facts.queuedAt = random.chance(50) ? instant() : nil
    facts.dueAt = random.chance(50) ? instant() : nil
    facts.utcOffsetMinutes = random.pick([0, 0, 60, -570, 765])
    facts.event = random.pick(RuleEvent.allCases)
    facts.comment = maybe()
    facts.isQueueChosen = random.chance(30)
    facts.escalations = random.chance(50) ? ["late0": 1, "late1": 3] : [:]
    return facts
  }
}
