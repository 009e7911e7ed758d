/// Rules of `escalate` for a ticket for which time has passed.
package struct EscalateTicket: Sendable {
  package var ticket: Ticket

  package init(_ ticket: Ticket) { self.ticket = ticket }

  package struct Outcome {
    /// Empty where no rule fires; the last one has the time in its ticket.
    package var plans: [Plan]
    /// When to come again.
    package var escalateAt: Timestamp?
  }

  /// - Parameter situation: of the timer; the first plan is to be committed under its revision.
  package func plans(
    in situation: Situation, using scratch: inout RuleScratch, _ rosters: RuleFollowUp.Rosters
  ) throws -> Outcome {
    guard let rules = situation.configuration.rules, rules.escalates, ticket.status.isActive else {
      return Outcome(plans: [], escalateAt: nil)
    }
    // What begins the chain is the first of its own changes.
    var origin = situation
    origin.revision = Revision(situation.revision.value - 1)
    var run = RuleChain(ticket, rules, in: origin)
    run.chain = situation.revision
    try run.go(on: .timer, .escalate, comment: nil, using: &scratch, rosters)
    let facts = RoutingFacts(run.ticket, in: situation.configuration, at: situation.now, event: .timer)
    let next = run.ticket.status.isActive ? rules.nextEscalation(facts) : nil
    if let last = run.plans.indices.last { run.plans[last].reschedule(to: next) }
    return Outcome(plans: run.plans, escalateAt: next)
  }
}
