import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetRegistrationHistoryCall: ReadCall {
  typealias Types = Methods.GetRegistrationHistory

  static func read(
    _ request: ProtoGetRegistrationHistoryRequest, _ scope: ReadScope
  ) throws -> ProtoGetRegistrationHistoryResponse {
    let registration = try scope.registration(request.registration)
    let paging = try Paging(
      scope, size: request.pageSize, page: request.page, scope: "registration-history/\(registration.id.value)")
    let rows = try scope.snapshot.all(
      EventQueries.history(
        of: registration.id, tenant: scope.tenant, after: Revision(paging.after ?? 0), limit: paging.limit + 1))
    let (page, next) = paging.cut(rows) { $0.revision.value }
    var response = ProtoGetRegistrationHistoryResponse()
    response.events = page.map(ProtoEvent.init)
    response.nextPage = next
    return response
  }
}
