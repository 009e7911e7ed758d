import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

enum RejectTicketCall: WriteCall {
  typealias Types = Methods.RejectTicket

  static func write(
    _ request: ProtoRejectTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketChangeResponse {
    let command = RejectTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion),
      reason: request.reason)
    let facts = try scope.factsWithWait(of: command.number)
    return try scope.answer(command.decide(in: scope.situation, given: facts, roster: scope.roster))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }
}
