/// A word that all who see the ticket read: from those who hold the right `comment` where it is, and from its requester.
///
/// It asks for no version: two who comment at the same time are both heard.
package struct CommentTicket: Sendable {
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
    if situation.access.isRequester(of: ticket) {
      try situation.requireVerb(.comment, to: "comment on a ticket that one opened")
    } else {
      try situation.require(.comment, on: ticket)
    }
    return ticket.commented(body, isInternal: false, kind: .ticketCommented, in: situation)
  }
}

extension TicketComment {
  package struct Outcome: Sendable {
    package var comment: TicketComment
    /// The version of the ticket after it.
    package var ticketVersion: Int64
  }

  static func check(_ body: String) throws(Rejection) {
    var check = FieldCheck()
    if body.isEmpty {
      check.add("body", "is required")
    } else if body.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
      check.add("body", "is blank")
    }
    check.text("body", body, atMostBytes: Limits.commentBytes)
    try check.finish()
  }
}

extension Ticket {
  /// The event says that something was written, never what: who reads events need not be one who reads notes.
  func commented(
    _ body: String, isInternal: Bool, kind: Event.Kind, in situation: Situation
  ) -> Decided<TicketComment.Outcome> {
    var next = self
    next.version += 1
    next.updatedAt = situation.now
    if !isInternal { next.commentCount += 1 }
    let comment = TicketComment(
      number: CommentNumber(situation.revision.value), ticket: number, author: situation.principal.actor,
      at: situation.now, isInternal: isInternal, body: body)
    let event = Event(kind, ticket: number, ticketVersion: next.version, queueBefore: queue, queueAfter: queue)
    return Decided(
      TicketComment.Outcome(comment: comment, ticketVersion: next.version),
      Plan(
        changes: [.insertComment(comment), .updateTicket(next)], event: event,
        outbox: situation.recipients(
          assignee: assignee, watchersOf: situation.configuration.queues[queue],
          of: isInternal ? WatcherEvents(.notes) : WatcherEvents(.comments))))
  }
}
