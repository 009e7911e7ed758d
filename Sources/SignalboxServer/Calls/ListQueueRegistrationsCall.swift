import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListQueueRegistrationsCall: ReadCall {
  typealias Types = Methods.ListQueueRegistrations

  static func read(
    _ request: ProtoListQueueRegistrationsRequest, _ scope: ReadScope
  ) throws -> ProtoListQueueRegistrationsResponse {
    let state = QueueRegistration.State(request.state)
    let paging = try Paging(
      scope, size: request.pageSize, page: request.page, scope: "registrations/\(state?.rawValue ?? "")")
    let rows = try QueueQueries.registrations(
      of: scope.tenant, after: paging.after ?? 0, state: state, limit: paging.limit + 1, in: scope.snapshot)
    let (page, next) = paging.cut(rows) { $0.id.value }
    var response = ProtoListQueueRegistrationsResponse()
    response.registrations = page.filter(scope.sees).map { ProtoQueueRegistration($0, in: scope.configuration) }
    response.nextPage = next
    return response
  }
}
