/// Unassigned to me.
package struct TakeTicket: Sendable {
  package var number: TicketNumber
  package var expectedVersion: Int64

  package init(number: TicketNumber, expectedVersion: Int64) {
    self.number = number
    self.expectedVersion = expectedVersion
  }

  package func decide(in situation: Situation, given facts: TicketFacts) throws(Rejection) -> Decided<Ticket> {
    let ticket = try facts.ticketToChange(number, expectedVersion: expectedVersion, in: situation)
    if let assignee = ticket.assignee {
      let holder = situation.handle(assignee) ?? "somebody"
      throw Rejection(.alreadyAssigned, "the ticket is assigned to `\(holder)`; reassign it instead")
    }
    try situation.require(.take, on: ticket)
    let person = try situation.caller(owning: ticket)
    return ticket.reassigned(to: person, kind: .ticketTaken, reason: "", in: situation)
  }
}

extension Situation {
  /// The caller as a new assignee of the ticket.
  func caller(owning ticket: Ticket) throws(Rejection) -> PersonID {
    guard let person = principal.person.flatMap({ configuration.people[$0] }),
      let queue = configuration.queues[ticket.queue], queue.mayOwn(person, in: self)
    else {
      throw Rejection(
        .notAnAgent, "only people who may own tickets of its queue get it; use a token of one of them")
    }
    return person.id
  }
}
