import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

enum AcceptTicketCall: WriteCall {
  typealias Types = Methods.AcceptTicket

  static func write(
    _ request: ProtoAcceptTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketChangeResponse {
    let command = AcceptTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion))
    let facts = try scope.factsWithWait(of: command.number)
    return try scope.answer(command.decide(in: scope.situation, given: facts))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }
}
