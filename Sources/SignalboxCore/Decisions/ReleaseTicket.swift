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
    try situation.requireVerb(.own, to: "release a ticket")
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
        outbox: situation.recipients(
          assignee: nil, watchersOf: situation.configuration.queues[ticket.queue], of: WatcherEvents(.assignments))))
  }
}
