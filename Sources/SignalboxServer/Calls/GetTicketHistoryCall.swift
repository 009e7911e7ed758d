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
        of: ticket.number, tenant: scope.tenant, after: Revision(paging.after ?? 0), limit: paging.limit + 1))
    let (page, next) = paging.cut(rows) { $0.revision.value }
    var response = ProtoGetTicketHistoryResponse()
    response.events = page.map(ProtoEvent.init)
    response.nextPage = next
    return response
  }
}
