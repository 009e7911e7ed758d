import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListTicketCommentsCall: ReadCall {
  typealias Types = Methods.ListTicketComments

  static func read(
    _ request: ProtoListTicketCommentsRequest, _ scope: ReadScope
  ) throws -> ProtoListTicketCommentsResponse {
    let ticket = try scope.ticket(request.number)
    let paging = try Paging(
      scope, size: request.pageSize, page: request.page, scope: "comments/\(ticket.number.value)")
    let page = try CommentQueries.page(
      of: ticket.number, tenant: scope.tenant, after: paging.after ?? 0,
      withNotes: scope.access.readsNotes(of: ticket), limit: paging.limit, byteLimit: Limits.pageBytes,
      in: scope.snapshot)
    var response = ProtoListTicketCommentsResponse()
    response.comments = page.comments.map(ProtoTicketComment.init)
    response.nextPage = page.next.map(paging.next) ?? ""
    return response
  }
}
