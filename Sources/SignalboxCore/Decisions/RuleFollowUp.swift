/// What the tenant's rules do about a ticket after something has happened to it, in the same transaction and as changes of
/// their own; none where they change nothing.
///
/// What they change may make them run again: at most ``Limits/ruleDepth`` times, and each rule fires once in all of it.
package struct RuleFollowUp: Sendable {
  /// In history, and as the name of a token that speaks for nobody; no person and no token can have it.
  package static let actor = Actor(name: "signalbox:rules")

  /// Of all whom a strategy may pick where the ticket is, and how the ticket waits at present.
  package typealias Rosters = (PoolStrategy, Ticket) throws -> (facts: RosterFacts, wait: TicketWait?)

  package var event: RuleEvent
  /// The comment that was written.
  package var comment: String?

  package init(_ event: RuleEvent, comment: String? = nil) {
    self.event = event
    self.comment = comment
  }

  /// The plans that follow, to be committed in this order behind their cause.
  ///
  /// - Parameters:
  ///   - cause: what happened, under the situation's revision; gets those whom rules tell of it without changing anything.
  ///   - ticket: as the cause leaves it, then as the rules do.
  package func plans(
    after cause: inout Plan, on ticket: inout Ticket, in situation: Situation, using scratch: inout RuleScratch,
    _ rosters: Rosters
  ) throws -> [Plan] {
    guard let rules = situation.configuration.rules else { return [] }
    let phases = rules.phases(on: event)
    guard !phases.isEmpty else { return [] }
    var run = RuleChain(ticket, rules, in: situation)
    try run.go(on: event, phases, comment: comment, using: &scratch, rosters)
    if !run.untold.isEmpty { run.situation.tell(run.untold, of: ticket, among: &cause.outbox) }
    ticket = run.ticket
    return run.plans
  }
}
