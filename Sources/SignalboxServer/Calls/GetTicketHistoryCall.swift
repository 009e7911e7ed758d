import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetTicketHistoryCall: ReadCall {
  typealias Types = Methods.GetTicketHistory

  static func read(
    _ request: ProtoGetTicketHistoryRequest, _ scope: ReadScope
  ) throws -> ProtoGetTicketHistoryResponse {
    let ticket = try scope.ticket(request.number)
    let paging = try Paging(
      scope, size: request.pageSize, page: request.page, scope: "history/\(ticket.number.value)")
    let rows = try scope.snapshot.all(
      EventQueries.history(
        of: ticket.number, tenant: scope.tenant, after: Revision(paging.after ?? 0),
        withNotes: scope.access.browsesInternally(ticket), limit: paging.limit + 1))
    var response = ProtoGetTicketHistoryResponse()
    (response.events, response.nextPage) = try paging.cut(rows.map(ProtoEvent.init), bytes: Limits.pageBytes) {
      Int64(clamping: $0.revision)
    }
    return response
  }
}
