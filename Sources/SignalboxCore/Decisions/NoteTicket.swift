/// A word among colleagues: written and read by those who hold the right `note` where the ticket is.
///
/// It asks for no version: two who write at the same time are both heard.
package struct NoteTicket: Sendable {
  package var number: TicketNumber
  package var body: String

  package init(number: TicketNumber, body: String) {
    self.number = number
    self.body = body
  }

  package func decide(
    in situation: Situation, given facts: TicketFacts
  ) throws(Rejection) -> Decided<TicketComment.Outcome> {
    try TicketComment.check(body)
    let ticket = try facts.visibleTicket(number, in: situation)
    try situation.require(.note, on: ticket)
    return ticket.commented(body, isInternal: true, kind: .ticketNoted, in: situation)
  }
}
