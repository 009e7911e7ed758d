/// Unassigned to me.
package struct TakeTicket: Sendable {
  package var number: TicketNumber
  package var expectedVersion: Int64

  package init(number: TicketNumber, expectedVersion: Int64) {
    self.number = number
    self.expectedVersion = expectedVersion
  }

  package func decide(in situation: Situation, given facts: TicketFacts) throws(Rejection) -> Decided<Ticket> {
    let ticket = try facts.ticketToUpdate(number, expectedVersion: expectedVersion, in: situation)
    if let assignee = ticket.assignee {
      let holder = situation.handle(assignee) ?? "somebody"
      throw Rejection(.alreadyAssigned, "the ticket is assigned to `\(holder)`; reassign it instead")
    }
    guard let person = situation.principal.person, let queue = situation.configuration.queues[ticket.queue],
      EffectiveAccess.owns(person, queue)
    else {
      throw Rejection(.notAnAgent, "only agents of the ticket's queue take it; use a token of one of them")
    }
    return ticket.reassigned(to: person, kind: .ticketTaken, reason: "", in: situation)
  }
}
