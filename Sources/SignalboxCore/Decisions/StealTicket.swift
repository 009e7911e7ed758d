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
