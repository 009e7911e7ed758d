import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SwiftProtobuf

enum TakeTicketCall: WriteCall {
  typealias Types = Methods.TakeTicket

  static func write(_ request: ProtoTakeTicketRequest, _ scope: inout WriteScope) throws -> ProtoTicketChangeResponse {
    let command = TakeTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion))
    let facts = try scope.facts(of: command.number)
    return try scope.answer(command.decide(in: scope.situation, given: facts))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }
}

extension WriteScope {
  func facts(of ticket: TicketNumber) throws -> TicketFacts {
    TicketFacts(ticket: try transaction.first(TicketQueries.ticket(ticket, of: tenant)))
  }

  /// Commits a change of a ticket and says what became of it. Whoever moved it may see it once more, wherever it went.
  mutating func answer(_ decided: Decided<Ticket>) throws -> ProtoTicketChangeResponse {
    var response = ProtoTicketChangeResponse()
    response.ticket = ProtoTicket(try commit(decided), in: situation.configuration)
    response.ticket.body = ""
    return response
  }
}
