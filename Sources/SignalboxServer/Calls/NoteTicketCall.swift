import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

enum NoteTicketCall: WriteCall {
  typealias Types = Methods.NoteTicket

  static func write(
    _ request: ProtoNoteTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketCommentResponse {
    let command = NoteTicket(number: TicketNumber(Int64(clamping: request.number)), body: request.body)
    let facts = try scope.facts(of: command.number)
    return ProtoTicketCommentResponse(try scope.commit(command.decide(in: scope.situation, given: facts)))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketCommentResponse? { .with { $0.cursor = cursor() } }
}
