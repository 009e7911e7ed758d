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

/// Somebody else's to me.
package struct StealTicket: Sendable {
  package var number: TicketNumber
  package var expectedVersion: Int64
  package var reason: String

  package init(number: TicketNumber, expectedVersion: Int64, reason: String) {
    self.number = number
    self.expectedVersion = expectedVersion
    self.reason = reason
  }

  package func decide(in situation: Situation, given facts: TicketFacts) throws(Rejection) -> Decided<Ticket> {
    var check = FieldCheck()
    check.line("reason", reason, atMost: Limits.reasonLength)
    try check.finish()
    let ticket = try facts.ticketToChange(number, expectedVersion: expectedVersion, in: situation)
    try situation.require(.steal, on: ticket)
    guard let holder = ticket.assignee else {
      throw Rejection(.notAssigned, "nobody has the ticket; take it instead")
    }
    let person = try situation.caller(owning: ticket)
    guard holder != person else { throw Rejection(.alreadyThere, "the ticket is yours already") }
    var decided = ticket.reassigned(to: person, kind: .ticketStolen, reason: reason, in: situation)
    if let address = situation.configuration.people[holder]?.email, !address.isEmpty {
      decided.plan.outbox.append(OutboxRecipient(role: .previousAssignee, address: address))
    }
    return decided
  }
}

/// Mine to unassigned.
package struct ReleaseTicket: Sendable {
  package var number: TicketNumber
  package var expectedVersion: Int64
  package var reason: String

  package init(number: TicketNumber, expectedVersion: Int64, reason: String) {
    self.number = number
    self.expectedVersion = expectedVersion
    self.reason = reason
  }

  package func decide(in situation: Situation, given facts: TicketFacts) throws(Rejection) -> Decided<Ticket> {
    var check = FieldCheck()
    check.line("reason", reason, atMost: Limits.reasonLength)
    try check.finish()
    var ticket = try facts.ticketToChange(number, expectedVersion: expectedVersion, in: situation)
    guard let person = situation.principal.person, ticket.assignee == person else {
      throw Rejection(.notPermitted, "only its assignee releases a ticket; reassign it instead")
    }
    let handle = situation.handle(person) ?? ""
    ticket.assignee = nil
    ticket.unassignedReason = "released by `\(handle)`"
    ticket.version += 1
    ticket.updatedAt = situation.now
    let event = Event(
      .ticketReleased, ticket: ticket.number, ticketVersion: ticket.version, queueBefore: ticket.queue,
      queueAfter: ticket.queue, reason: reason, changes: [Event.FieldChange("assignee", from: handle, to: nil)])
    return Decided(
      ticket,
      Plan(
        changes: [.updateTicket(ticket)], event: event,
        outbox: situation.recipients(assignee: nil, watchersOf: situation.configuration.queues[ticket.queue])))
  }
}

extension Situation {
  /// The caller as a new assignee of the ticket.
  fileprivate func caller(owning ticket: Ticket) throws(Rejection) -> PersonID {
    guard let person = principal.person.flatMap({ configuration.people[$0] }),
      let queue = configuration.queues[ticket.queue], queue.mayOwn(person, in: self)
    else {
      throw Rejection(
        .notAnAgent, "only people who may own tickets of its queue get it; use a token of one of them")
    }
    return person.id
  }
}
