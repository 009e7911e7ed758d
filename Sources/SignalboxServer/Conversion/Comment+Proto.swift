import SignalboxCore
import SignalboxProtocol

extension ProtoTicketComment {
  init(_ comment: TicketComment) {
    self.init()
    number = UInt64(clamping: comment.number.value)
    author = comment.author.name
    atMs = comment.at.milliseconds
    `internal` = comment.isInternal
    body = comment.body
  }
}

extension ProtoTicketCommentResponse {
  init(_ outcome: TicketComment.Outcome) {
    self.init()
    comment = ProtoTicketComment(outcome.comment)
    // It is kept for as long as the idempotency key is, and the caller has the text.
    comment.body = ""
    ticketVersion = UInt64(clamping: outcome.ticketVersion)
  }
}
