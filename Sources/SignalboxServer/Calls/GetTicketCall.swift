import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetTicketCall: ReadCall {
  typealias Types = Methods.GetTicket

  static func read(_ request: ProtoGetTicketRequest, _ scope: ReadScope) throws -> ProtoTicket {
    ProtoTicket(try scope.ticket(request.number), in: scope.configuration)
  }
}

extension ReadScope {
  /// The ticket, if the caller may browse it; the refusal is the same whether it exists or not.
  func ticket(_ number: UInt64) throws -> Ticket {
    let query = TicketQueries.ticket(TicketNumber(Int64(clamping: number)), of: tenant)
    guard let ticket = try snapshot.first(query), access.browses(ticket) else {
      throw Rejection.notFound(.ticketNotFound, "ticket", String(number))
    }
    return ticket
  }
}
