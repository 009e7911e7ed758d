import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListTicketsCall: ReadCall {
  typealias Types = Methods.ListTickets

  static func read(_ request: ProtoListTicketsRequest, _ scope: ReadScope) throws -> ProtoListTicketsResponse {
    let status = Ticket.Status(request.status)
    let paging = try Paging(
      scope, size: request.pageSize, page: request.page,
      scope: "tickets/\(request.queue)/\(request.assignee)/\(request.unassigned)/\(status?.name ?? "")")
    let access = scope.access
    var queue: Queue?
    if !request.queue.isEmpty {
      guard let found = scope.configuration.queue(named: request.queue) else {
        throw Rejection.notFound(.queueNotFound, "queue", request.queue)
      }
      guard access.browses(found.id) else {
        throw Rejection(
          .notPermitted,
          "listing tickets of `\(request.queue)` needs the right `browse` there; ask a tenant admin for a role that has it"
        )
      }
      queue = found
    }
    var filter = TicketQueries.Filter(unassigned: request.unassigned, status: status)
    if !request.assignee.isEmpty {
      guard let person = scope.configuration.person(withHandle: request.assignee) else {
        throw Rejection.notFound(.personNotFound, "person", request.assignee)
      }
      filter.assignee = person.id
    }
    let page = try TicketQueries.page(
      of: scope.tenant, before: paging.after ?? Int64.max, queue: queue?.id, filter: filter, limit: paging.limit,
      in: scope.snapshot, where: access.browses)
    var response = ProtoListTicketsResponse()
    response.tickets = page.tickets.map { ProtoTicket($0, in: scope.configuration) }
    response.nextPage = page.next.map(paging.next) ?? ""
    return response
  }
}
