/// Somebody has a strategy find the assignee of a ticket that nobody has.
package struct AssignTicket: Sendable {
  package var number: TicketNumber
  package var expectedVersion: Int64
  /// Nil for an order that is not known.
  package var order: PoolStrategy.Order?
  /// Empty: the agents of the ticket's queue.
  package var group: String
  package var skills: [String]
  /// Milliseconds; nil: never.
  package var skillsRelaxedAfter: Int64?
  package var cap: PoolStrategy.Cap?
  /// Milliseconds; nil: it is given, not offered.
  package var offerFor: Int64?

  package init(
    number: TicketNumber, expectedVersion: Int64, order: PoolStrategy.Order?, group: String = "",
    skills: [String] = [], skillsRelaxedAfter: Int64? = nil, cap: PoolStrategy.Cap? = nil, offerFor: Int64? = nil
  ) {
    self.number = number
    self.expectedVersion = expectedVersion
    self.order = order
    self.group = group
    self.skills = skills
    self.skillsRelaxedAfter = skillsRelaxedAfter
    self.cap = cap
    self.offerFor = offerFor
  }

  /// - Parameter roster: is asked only for who may do it.
  package func decide(
    in situation: Situation, given facts: TicketFacts, roster: RosterFacts.Source
  ) throws -> Decided<Ticket> {
    let strategy = try strategy()
    let ticket = try facts.ticketToChange(number, expectedVersion: expectedVersion, in: situation)
    try situation.require(.reassignInternally, on: ticket)
    if !group.isEmpty { _ = try situation.group(named: group) }
    guard ticket.status.isActive else {
      throw Rejection(
        .ticketDone,
        "the ticket is \(ticket.status.name), so nobody is to be found for it; give it another status first")
    }
    if let assignee = ticket.assignee {
      let holder = situation.handle(assignee) ?? "somebody"
      throw Rejection(.alreadyAssigned, "the ticket is assigned to `\(holder)`; reassign it instead")
    }
    if let offer = facts.wait?.offer, offer.isOpen(at: situation.now) {
      let holder = situation.handle(offer.person) ?? "somebody"
      throw Rejection(
        .alreadyAssigned, "the ticket is offered to `\(holder)` at present; wait for the answer, or reassign it")
    }
    return ticket.assigned(by: strategy, in: situation, given: try roster(strategy, ticket)).decided
  }

  private func strategy() throws(Rejection) -> PoolStrategy {
    var check = FieldCheck()
    if order == nil { check.add("order", "is required: round_robin, least_loaded or most_capacity") }
    check.lines("skills", skills, atMost: Limits.skillsPerPerson, length: Limits.tagLength)
    if let cap {
      if !(1...Limits.capCount).contains(cap.count) { check.add("cap", "is from 1 to \(Limits.capCount)") }
      if !(1...Limits.longestCapWindow).contains(cap.window) {
        check.add("cap_window_ms", "is from 1 to \(Limits.longestCapWindow)")
      }
    }
    if let offerFor, !(Limits.shortestOffer...Limits.longestOffer).contains(offerFor) {
      check.add("offer_for_ms", "is from \(Limits.shortestOffer) to \(Limits.longestOffer)")
    }
    if let skillsRelaxedAfter, skillsRelaxedAfter < 0 { check.add("skills_relaxed_after_ms", "is negative") }
    try check.finish()
    return PoolStrategy(
      order ?? .roundRobin, of: group.isEmpty ? .agents : .group(group), skills: skills,
      skillsRelaxedAfter: skillsRelaxedAfter, cap: cap,
      offerFor: offerFor)
  }
}
