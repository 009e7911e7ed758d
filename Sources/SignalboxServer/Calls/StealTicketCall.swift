import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

enum StealTicketCall: WriteCall {
  typealias Types = Methods.StealTicket

  static func write(
    _ request: ProtoStealTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketChangeResponse {
    let command = StealTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion),
      reason: request.reason)
    let facts = try scope.facts(of: command.number)
    return try scope.answer(command.decide(in: scope.situation, given: facts))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }
}
