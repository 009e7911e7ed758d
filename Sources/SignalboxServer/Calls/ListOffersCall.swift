import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SwiftProtobuf

enum ListOffersCall: ReadCall {
  typealias Types = Methods.ListOffers

  static func read(_ request: ProtoListOffersRequest, _ scope: ReadScope) throws -> ProtoListOffersResponse {
    guard let person = scope.principal.person else {
      throw Rejection(.notPermitted, "tickets are offered to people; use a token that speaks for one")
    }
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "offers/\(person.value)")
    let waits = try scope.snapshot.all(
      AssignmentQueries.offers(
        to: person, of: scope.tenant, at: scope.context.now, after: paging.after ?? 0, limit: paging.limit + 1))
    let (page, next) = paging.cut(waits) { $0.ticket.value }
    let access = scope.access
    var response = ProtoListOffersResponse()
    for wait in page {
      guard let ticket = try scope.snapshot.first(TicketQueries.bodiless(wait.ticket, of: scope.tenant)),
        access.browses(ticket)
      else { continue }
      response.offers.append(
        .with {
          $0.ticket = ProtoTicket(ticket, in: scope.configuration)
          $0.untilMs = wait.offer?.until.milliseconds ?? 0
        })
    }
    response.nextPage = next
    return response
  }
}
