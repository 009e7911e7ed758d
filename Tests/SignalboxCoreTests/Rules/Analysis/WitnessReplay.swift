@testable import SignalboxCore

/// Runs the ticket of a finding through the compiled rules and through the naive interpreter.
struct WitnessReplay {
  let ruleSet: RuleSet
  let compiled: CompiledRuleSet
  let queues: QueueDirectory

  /// Nil if both do what the finding says.
  func complaint(of finding: RuleFinding) -> String? {
    guard finding.kind != .commonWord, finding.kind != .unindexed else { return nil }
    guard let facts = facts(finding.witness) else { return "the witness cannot be read" }
    guard let (phase, rule) = rule(finding.rule) else { return "there is no such rule" }
    switch finding.kind {
    case .unsatisfiable:
      if holds(rule, facts) != (false, false) { return "the rule fits" }
      // Of a plain conjunction one part, which is named.
      guard case .and(let parts) = rule.condition, parts.allSatisfy({ $0.atom != nil }) else { return nil }
      let failing = parts.filter { !NaiveRules.holds($0, facts) }
      let named = failing.first.map { finding.message.contains("`\(Printer.text(of: $0))`") } ?? false
      return failing.count == 1 && named ? nil : "not just one part fails: \(failing.map { Printer.text(of: $0) })"
    case .shadowed, .unreachable:
      if holds(rule, facts) != (true, true) { return "the rule does not fit" }
      guard let (_, other) = self.rule(finding.otherRule) else { return "there is no such other rule" }
      if holds(other, facts) != (true, true) { return "the other rule does not fit" }
      return fired(phase, facts) == ([other.name.value], [other.name.value]) ? nil : "the other rule does not take it"
    case .conflicting:
      let (engine, naive) = fired(phase, facts)
      return [finding.rule, finding.otherRule].allSatisfy { engine.contains($0) && naive.contains($0) }
        ? nil : "not both fire"
    case .cycle: return complaint(ofCycleFrom: facts)
    case .commonWord, .unindexed: return nil
    }
  }

  /// Whether the ticket never rests and comes back to where it was.
  private func complaint(ofCycleFrom start: RoutingFacts) -> String? {
    let run = compiled.phases(on: .updated)
    var facts = start
    for _ in 0..<RuleLimits.analysisUpdates {
      let effects = compiled.evaluate(facts, run: run, queues: queues).effects
      var naive = NaivePhases(ruleSet, facts, queues)
      naive.run(Phase.Kind.allCases.filter { run.contains(PhaseSet($0)) && $0 != .notify })
      if effects.isEmpty { return "it comes to rest" }
      if effects.queue != (naive.facts.queue == facts.queue ? nil : naive.facts.queue) { return "the engines differ" }
      facts = naive.facts
      // What counts how often and since when goes on.
      (facts.handoffs, facts.previousQueue, facts.queuedAt) = (start.handoffs, start.previousQueue, start.queuedAt)
      if facts == start { return nil }
    }
    return "it does not come back"
  }

  private func rule(_ name: String) -> (Phase.Kind, Rule)? {
    for phase in ruleSet.phases {
      for case .rule(let rule) in phase.elements where rule.name.value == name { return (phase.kind, rule) }
    }
    return nil
  }

  private func holds(_ rule: Rule, _ facts: RoutingFacts) -> (engine: Bool, naive: Bool) {
    let all = Phase.Kind.allCases.flatMap { compiled.rules(of: $0) }
    guard let own = all.first(where: { $0.rule.name == rule.name }), let condition = rule.condition else {
      return (true, true)
    }
    var meter = RuleMeter()
    let values = FactValues(facts, compiled.program, compiled.uses)
    return (compiled.program.holds(from: own.entry, values, &meter), NaiveRules.holds(condition, facts))
  }

  private func fired(_ phase: Phase.Kind, _ facts: RoutingFacts) -> (engine: [String], naive: [String]) {
    var naive = NaivePhases(ruleSet, facts, queues)
    naive.run([phase])
    return (compiled.evaluate(facts, run: PhaseSet(phase), queues: queues).fired.map(\.rule), naive.fired)
  }

  /// As a test of a rule file is read, and seconds, which rules do not know.
  private func facts(_ witness: WitnessTicket) -> RoutingFacts? {
    var test = TestBlock(name: Literal("", .start))
    var seconds: [Field: Int64] = [:]
    for value in witness.values {
      let isCustom = value.name.hasPrefix("field ")
      guard let field = isCustom ? .custom : Field(name: value.name) else { return nil }
      if field.kind == .duration, value.value.hasSuffix("s") {
        seconds[field] = Int64(value.value.dropLast())
        continue
      }
      let literal = Literal(value.value, .start)
      if field == .tag, let place = test.given.firstIndex(where: { $0.field == .tag }) {
        test.given[place].values.append(literal)
        continue
      }
      let name = isCustom ? Literal(String(value.name.dropFirst(7).dropLast()), .start) : nil
      test.given.append(.init(field: field, span: .start, name: name, values: [literal]))
    }
    var facts = TestTicket.facts(test)
    func instant(_ field: Field, _ sign: Int64) -> Timestamp? {
      seconds[field].map { Timestamp(milliseconds: facts.now.milliseconds + sign * $0 * 1_000) }
    }
    let isIdleGiven = witness.values.contains { $0.name == Field.idle.name }
    facts.createdAt = instant(.age, -1) ?? facts.createdAt
    facts.updatedAt = instant(.idle, -1) ?? (isIdleGiven ? facts.updatedAt : facts.createdAt)
    facts.queuedAt = instant(.timeInQueue, -1) ?? facts.queuedAt
    facts.dueAt = instant(.dueIn, 1) ?? facts.dueAt
    return facts
  }
}
