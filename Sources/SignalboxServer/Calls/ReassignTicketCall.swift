import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

enum ReassignTicketCall: WriteCall {
  typealias Types = Methods.ReassignTicket

  static func write(
    _ request: ProtoReassignTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketChangeResponse {
    let target: ReassignTicket.Target? =
      switch request.target {
      case .toPerson(let handle): .person(handle)
      case .toQueue(let name): .queue(name)
      case nil: nil
      }
    let command = ReassignTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion),
      reason: request.reason, target: target, refers: request.refer)
    let facts = try scope.facts(of: command.number)
    let decided = try command.decide(in: scope.situation, given: facts)
    guard case .queue = target else { return try scope.answer(decided) }
    return try scope.answer(decided, runningRulesOn: .reassigned)
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }
}
