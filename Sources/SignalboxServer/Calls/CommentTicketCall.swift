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
    return ProtoTicketCommentResponse(try scope.commit(command.decide(in: scope.situation, given: facts)))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketCommentResponse? { .with { $0.cursor = cursor() } }
}
