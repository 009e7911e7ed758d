import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

enum CommentTicketCall: WriteCall {
  typealias Types = Methods.CommentTicket

  static func write(
    _ request: ProtoCommentTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketCommentResponse {
    let command = CommentTicket(number: TicketNumber(Int64(clamping: request.number)), body: request.body)
    let facts = try scope.facts(of: command.number)
    var decided = try command.decide(in: scope.situation, given: facts)
    let (plans, ticket) = try scope.followUp(&decided.plan, on: .commented, comment: command.body)
    if let ticket { decided.outcome.ticketVersion = ticket.version }
    return ProtoTicketCommentResponse(try scope.commit(decided, followedBy: plans))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketCommentResponse? { .with { $0.cursor = cursor() } }
}
