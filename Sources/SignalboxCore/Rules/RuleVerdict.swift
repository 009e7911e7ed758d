/// Whether one rule fires for a ticket, and if not, what stands against it.
package struct RuleVerdict: Equatable, Sendable {
  /// Has the first condition that does not hold, if any.
  package var trace: RuleTrace
  package var fires: Bool
  /// Why the rule does not fire though its condition holds; for a person, without a final period.
  package var instead: String?
}

extension CompiledRuleSet {
  /// Of a rule of any phase, on the ticket as the phase sees it. A rule of `escalate` is looked at by itself, all others
  /// in a run as for a new ticket. Nil if there is no such rule. Not for the create path: it evaluates twice and prints.
  ///
  /// - Parameters:
  ///   - facts: the ticket as it came in.
  ///   - present: as it is now, for rules of `escalate`.
  package func verdict(
    on rule: String, for facts: RoutingFacts, present: RoutingFacts, queues: QueueDirectory
  ) -> RuleVerdict? {
    for phase in Phase.Kind.allCases {
      guard let compiled = rules(of: phase).first(where: { $0.rule.name.value == rule }) else { continue }
      return phase == .escalate
        ? verdict(on: compiled, phase, for: present, run: .escalate, queues)
        : verdict(on: compiled, phase, for: facts, run: [.classify, .route, .assign, .notify], queues)
    }
    return nil
  }

  private func verdict(
    on compiled: CompiledRule, _ phase: Phase.Kind, for facts: RoutingFacts, run: PhaseSet, _ queues: QueueDirectory
  ) -> RuleVerdict? {
    guard let values = snapshots(facts, run: run, queues: queues).first(where: { $0.0 == phase })?.1 else { return nil }
    let (name, line) = (compiled.rule.name.value, compiled.rule.name.span.line)
    let trace = RuleTrace(phase: phase, rule: name, line: line, failure: failure(of: compiled, values.facts, values))
    guard trace.failure == nil else { return RuleVerdict(trace: trace, fires: false) }
    let outcome = evaluate(facts, run: run, queues: queues)
    guard !outcome.fired.contains(where: { $0.phase == phase && $0.rule == name }) else {
      return RuleVerdict(trace: trace, fires: true)
    }
    return RuleVerdict(trace: trace, fires: false, instead: obstacle(to: line, of: phase, in: outcome))
  }

  /// What keeps a rule from firing whose condition holds.
  private func obstacle(to line: Int, of phase: Phase.Kind, in outcome: RuleOutcome) -> String {
    let record = outcome.record
    if record.isOverBudget { return "the rules ask for more comparisons than one ticket may cost" }
    if phase == .escalate { return "it has fired for this ticket as often as it may" }
    if phase == .route {
      if let skipped = record.skipped.first(where: { $0.line == line && $0.state != .redirected }) {
        return "its queue `\(skipped.queue)` is \(skipped.state.word)"
      }
      return "\(record.reason) decides before it"
    }
    guard let first = outcome.fired.first(where: { $0.phase == phase }) else { return "its phase does not run" }
    return "rule `\(first.rule)` on line \(first.line) decides before it"
  }
}
