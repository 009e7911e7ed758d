import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

enum ReleaseTicketCall: WriteCall {
  typealias Types = Methods.ReleaseTicket

  static func write(
    _ request: ProtoReleaseTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketChangeResponse {
    let command = ReleaseTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion),
      reason: request.reason)
    let facts = try scope.facts(of: command.number)
    return try scope.answer(command.decide(in: scope.situation, given: facts))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }
}
