/// Why one rule fires, or does not, for one ticket.
package struct RuleTrace: Equatable, Sendable {
  /// A field that the failing condition looks at, with the ticket's value.
  package struct Actual: Equatable, Sendable {
    package var field: Field
    /// Nil if absent; cut to `RuleLimits.quotedCharacters`.
    package var value: String?
  }

  package struct Failure: Equatable, Sendable {
    /// The first part that had to be true and was not, as the rule file writes it.
    package var condition: String
    package var actual: [Actual]
    /// What is there and must not be, where the condition asks that something is not; at most
    /// `RuleLimits.recordedItems`.
    package var matches: [DecisionRecord.Match] = []
  }

  package var phase = Phase.Kind.route
  package var rule: String
  package var line: Int
  /// Nil if the rule's condition is true; it decides then, if nothing before it does.
  package var failure: Failure?
}

extension CompiledRuleSet {
  /// For every rule of the route phase, in file order, whether it fits and if not, what stands against it.
  /// Not for the create path: it evaluates everything and prints.
  package func explain(_ facts: RoutingFacts) -> [RuleTrace] {
    let values = FactValues(facts, program, uses)
    return rules.map { compiled in
      RuleTrace(
        rule: compiled.rule.name.value, line: compiled.rule.name.span.line,
        failure: failure(of: compiled, facts, values))
    }
  }

  /// For every rule of the phases that run, on the ticket as its phase sees it. `escalate` runs by itself, when time has
  /// passed, and sees the ticket as it is given. Not for the create path, as above.
  package func explain(_ facts: RoutingFacts, run phases: PhaseSet, queues: QueueDirectory) -> [RuleTrace] {
    var due = facts
    due.event = .timer
    let seen =
      snapshots(facts, run: phases.subtracting(.escalate), queues: queues)
      + snapshots(due, run: phases.intersection(.escalate), queues: queues)
    return seen.flatMap { phase, values in
      rules(of: phase).map { compiled in
        RuleTrace(
          phase: phase, rule: compiled.rule.name.value, line: compiled.rule.name.span.line,
          failure: failure(of: compiled, values.facts, values))
      }
    }
  }

  func rules(of phase: Phase.Kind) -> [CompiledRule] {
    switch phase {
    case .classify: phases.classify
    case .route: rules
    case .assign: phases.assign
    case .notify: phases.notify
    case .escalate: phases.escalate
    }
  }

  func failure(of compiled: CompiledRule, _ facts: RoutingFacts, _ values: FactValues) -> RuleTrace.Failure? {
    guard let condition = compiled.rule.condition,
      let failing = TracedCondition(compiled, condition, program, values).firstFailing
    else { return nil }
    let actual = failing.fields.flatMap(\.parts).map { RuleTrace.Actual(field: $0, value: Self.quoted($0, facts)) }
    return RuleTrace.Failure(
      condition: Printer.text(of: failing.condition), actual: actual, matches: matches(of: failing.opposing, values))
  }

  private static func quoted(_ field: Field, _ facts: RoutingFacts) -> String? {
    let value =
      switch field.kind {
      case .set: facts.tags.joined(separator: ", ")
      case .duration: facts.ordinal(of: field).map { "\($0 / 60_000)m" }
      case .custom: facts.fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
      default: facts.value(of: field)
      }
    guard let value else { return nil }
    let scalars = value.unicodeScalars
    let short = scalars.prefix(RuleLimits.quotedCharacters)
    return short.endIndex < scalars.endIndex ? String(String.UnicodeScalarView(short)) + "…" : value
  }
}
