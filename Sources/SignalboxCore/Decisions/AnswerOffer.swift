/// Somebody accepts a ticket that a strategy offers, and gets it.
package struct AcceptTicket: Sendable {
  package var number: TicketNumber
  package var expectedVersion: Int64

  package init(number: TicketNumber, expectedVersion: Int64) {
    self.number = number
    self.expectedVersion = expectedVersion
  }

  package func decide(in situation: Situation, given facts: TicketFacts) throws(Rejection) -> Decided<Ticket> {
    try situation.requireVerb(.own, to: "accept a ticket")
    let ticket = try facts.ticketToChange(number, expectedVersion: expectedVersion, in: situation)
    _ = try facts.offeredToCaller(in: situation)
    let person = try situation.caller(owning: ticket)
    return ticket.reassigned(to: person, kind: .ticketOfferAccepted, reason: "", in: situation)
  }
}

/// Somebody rejects it; the next one is offered it.
package struct RejectTicket: Sendable {
  package var number: TicketNumber
  package var expectedVersion: Int64
  /// May be empty.
  package var reason: String

  package init(number: TicketNumber, expectedVersion: Int64, reason: String) {
    self.number = number
    self.expectedVersion = expectedVersion
    self.reason = reason
  }

  /// - Parameter roster: is asked only for who was offered the ticket.
  package func decide(
    in situation: Situation, given facts: TicketFacts, roster: RosterFacts.Source
  ) throws -> Decided<Ticket> {
    var check = FieldCheck()
    check.line("reason", reason, atMost: Limits.reasonLength, required: false)
    try check.finish()
    try situation.requireVerb(.own, to: "reject a ticket")
    let ticket = try facts.ticketToChange(number, expectedVersion: expectedVersion, in: situation)
    let wait = try facts.offeredToCaller(in: situation)
    return ticket.offeredOn(
      after: wait, as: .ticketOfferRejected, reason: reason, in: situation, given: try roster(wait.strategy, ticket))
  }
}

extension Ticket {
  /// Whoever was offered it has declined; the next one is asked.
  ///
  /// - Parameter roster: in which what was offered is no load any more.
  func offeredOn(
    after wait: TicketWait, as kind: Event.Kind, reason: String, in situation: Situation, given roster: RosterFacts
  ) -> Decided<Ticket> {
    var declined = wait.declined
    if let person = wait.offer?.person { declined.append(person) }
    return assigned(
      by: wait.strategy, in: situation, given: roster, declined: declined, kind: kind, reason: reason,
      offeredUntilNow: wait.offer?.person
    ).decided
  }
}

extension TicketFacts {
  /// The ticket's wait, if it is offered to the caller and there is time left.
  fileprivate func offeredToCaller(in situation: Situation) throws(Rejection) -> TicketWait {
    guard let wait, let offer = wait.offer, let person = situation.principal.person, offer.person == person,
      offer.isOpen(at: situation.now), ticket?.assignee == nil
    else {
      throw Rejection(
        .notOffered, "the ticket is not offered to you, or the time of the offer has passed; take it if you may")
    }
    return wait
  }
}
