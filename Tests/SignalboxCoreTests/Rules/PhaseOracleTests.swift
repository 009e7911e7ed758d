import Foundation
@testable import SignalboxCore
import Testing

/// Whole rule sets on whole tickets, against the interpreter of `NaivePhases`.
@Suite struct PhaseOracleTests {
  private static let queues = QueueDirectory(
    active: ["Delta", "Globus", "ACCESS-Triage"], retired: ["Stampede"], organizations: ["Delta": "NCSA"])

  /// The nightly run asks for more.
  private static let pairs =
    ProcessInfo.processInfo.environment["SIGNALBOX_RULE_PAIRS"].flatMap { Int($0) } ?? 10_000

  @Test func agreesWithTheNaiveInterpreter() throws {
    let seed: UInt64 = 0x5EED_0010
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    var changed = 0
    // One for all: what a ticket costs, too, must not hang on the one before.
    var scratch = RuleScratch()
    for round in 0..<(Self.pairs / 10) {
      let ruleSet = Self.ruleSet(&random)
      let text = Printer.text(of: ruleSet)
      let compiled = CompiledRuleSet(
        try RuleSetSource.check(
          try RuleSetSource.parse(text), against: RuleSetContext(queues: Self.queues)), keywords: [], hash: [])
      for _ in 0..<10 {
        let facts = EvaluatorOracleTests.facts(&random)
        let kinds = Phase.Kind.allCases.filter { _ in random.chance(70) }
        let phases = PhaseSet(kinds.map { PhaseSet($0) })
        let outcome = compiled.evaluate(facts, run: phases, queues: Self.queues)
        #expect(compiled.evaluate(facts, run: phases, queues: Self.queues, using: &scratch) == outcome)
        var naive = NaivePhases(ruleSet, facts, Self.queues)
        naive.run(kinds)
        #expect(Self.difference(outcome, facts, naive) == nil, "round \(round)\n\(text)\n\(facts)")
        #expect(DecisionRecord(decoding: outcome.record.encode()) == outcome.record)
        if !outcome.effects.isEmpty { changed += 1 }
      }
    }
    print("\(changed) of \(Self.pairs) tickets were changed")
    #expect(changed > Self.pairs / 2)
  }

  /// Nil if the outcome is what the naive interpreter made of the ticket.
  private static func difference(_ outcome: RuleOutcome, _ before: RoutingFacts, _ naive: NaivePhases) -> String? {
    let effects = outcome.effects
    let after = naive.facts
    func news(_ old: String?, _ new: String?) -> String? { old == new ? nil : new }
    if effects.category != news(before.category, after.category) { return "category" }
    if effects.type != news(before.type, after.type) { return "type" }
    if effects.resource != news(before.resource, after.resource) { return "resource" }
    if effects.fields != after.fields.filter({ !before.fields.contains($0) }) { return "fields" }
    if before.tags + effects.addedTags != after.tags { return "tags" }
    if effects.priority != news(before.priority, after.priority) { return "priority" }
    if effects.status != news(before.status, after.status) { return "status" }
    if effects.respondWithin?.milliseconds != naive.respondWithin?.milliseconds { return "respond within" }
    if effects.queue != news(before.queue, after.queue) { return "queue" }
    if effects.assign != naive.assign { return "assign" }
    if effects.notify != naive.notified { return "notify" }
    return outcome.fired.map(\.rule) == naive.fired ? nil : "fired \(outcome.fired.map(\.rule)), not \(naive.fired)"
  }

  // MARK: Rule sets that the checker accepts

  private static func ruleSet(_ random: inout RuleRandom) -> RuleSet {
    let span = RandomRules.span
    var ruleSet = RuleSet(name: Literal("t", span), version: 1, versionSpan: span)
    for kind in Phase.Kind.allCases where kind == .route || random.chance(80) {
      var phase = Phase(kind: kind, kindSpan: span, mode: kind.mode, modeSpan: span)
      for index in 0..<Int.random(in: random.chance(20) ? 4...12 : 0...3, using: &random) {
        phase.elements.append(.rule(rule(&random, kind, index)))
      }
      if kind == .route { phase.elements.append(.otherwise(.init(actions: [queue("ACCESS-Triage")], span: span))) }
      if kind == .assign {
        phase.elements.append(.otherwise(.init(actions: [assignment(&random)], span: span)))
      }
      ruleSet.items.append(.phase(phase))
    }
    return ruleSet
  }

  private static func rule(_ random: inout RuleRandom, _ kind: Phase.Kind, _ index: Int) -> Rule {
    let names: [Phase.Kind: String] = [
      .classify: "sort", .route: "to", .assign: "who", .notify: "tell", .escalate: "late",
    ]
    var condition =
      random.chance(30)
      ? RandomRules.ordered(&random)
      : RandomRules.condition(&random, depth: 2, words: EvaluatorOracleTests.words, isValid: true)
    if kind == .escalate {
      let late = Condition.greater(
        GreaterCondition(
          field: random.pick([.age, .idle, .timeInQueue]),
          value: Literal(RandomRules.duration(&random).text, RandomRules.span), span: RandomRules.span))
      condition = .and([late] + (condition.isAnd ? [.not(condition)] : [condition]))
    }
    var actions = (0..<Int.random(in: 1...4, using: &random)).map { _ in action(&random, kind) }
    // Of each thing one in a rule; the first of them stays.
    var seen: Set<String> = []
    actions = actions.filter { action in
      if case .addTag = action { return true }
      if case .notify = action { return true }
      return seen.insert(action.title).inserted
    }
    if kind == .escalate, random.chance(50) {
      actions.append(
        .atMost(AtMostAction(count: Int.random(in: 1...3, using: &random), place: Place(RandomRules.span))))
    }
    return Rule(
      name: Literal("\(names[kind] ?? "r")\(index)", RandomRules.span), condition: condition, actions: actions)
  }

  private static func queue(_ name: String) -> Action {
    .queue(QueueAction(target: Literal(name, RandomRules.span)))
  }

  private static func assignment(_ random: inout RuleRandom) -> Action {
    let strategy = AssignAction.Strategy(method: .leastLoaded)
    let target = random.pick([
      AssignAction.Target.person(Literal("down", RandomRules.span)), .defaultAssignee, .nobody, .strategy(strategy),
    ])
    return .assign(AssignAction(target: target, place: Place(RandomRules.span)))
  }

  private static func action(_ random: inout RuleRandom, _ kind: Phase.Kind) -> Action {
    let span = RandomRules.span
    func notify() -> Action {
      let target = random.pick([NotifyAction.Target.assignee, .requester, .queueWatchers])
      let saying = random.chance(30) ? Literal("x", span) : nil
      return .notify(NotifyAction(target: target, saying: saying, place: Place(span)))
    }
    func tagOrPriority() -> Action {
      random.chance(50)
        ? .addTag(AddTagAction(tag: Literal(random.pick(EvaluatorOracleTests.words), span)))
        : .raisePriority(RaisePriorityAction(priority: Literal(random.pick(["normal", "high", "urgent"]), span)))
    }
    switch kind {
    case .route: return queue(random.pick(["Delta", "Globus"]))
    case .assign: return assignment(&random)
    case .notify: return notify()
    case .escalate:
      switch Int.random(in: 0..<4, using: &random) {
      // Always the same, or the checker would call it a conflict.
      case 0: return queue("Globus")
      case 1: return .setStatus(SetStatusAction(status: Literal("open", span)))
      case 2: return notify()
      default: return tagOrPriority()
      }
    case .classify:
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let target = random.pick([SetAction.Target.category, .type, .resource, .field(Literal("x", span))])
        return .set(SetAction(target: target, value: Literal("Globus", span)))
      case 1:
        return .respondWithin(
          RespondWithinAction(
            duration: RuleDuration(random.pick(["30m", "4h"])) ?? RandomRules.duration(&random), place: Place(span)))
      default: return tagOrPriority()
      }
    }
  }
}
