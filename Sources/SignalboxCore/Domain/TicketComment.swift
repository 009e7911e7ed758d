/// What somebody wrote on a ticket. A comment is for all who see the ticket, its requester among them; a note is for
/// colleagues.
package struct TicketComment: Equatable, Sendable {
  package var number: CommentNumber
  package var ticket: TicketNumber
  package var author: Actor
  package var at: Timestamp
  /// A note.
  package var isInternal: Bool
  package var body: String

  package init(
    number: CommentNumber, ticket: TicketNumber, author: Actor, at: Timestamp, isInternal: Bool, body: String
  ) {
    self.number = number
    self.ticket = ticket
    self.author = author
    self.at = at
    self.isInternal = isInternal
    self.body = body
  }
}
