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
    let rows = try RegistrationQueries.registrations(
      of: scope.tenant, after: paging.after ?? 0, state: state, limit: paging.limit + 1, in: scope.snapshot)
    let (page, next) = paging.cut(rows) { $0.id.value }
    var response = ProtoListQueueRegistrationsResponse()
    response.registrations =
      page.filter { scope.lists($0, asked: state) }.map { ProtoQueueRegistration($0, in: scope.configuration) }
    response.nextPage = next
    return response
  }
}

extension ReadScope {
  /// Admins do not have the drafts of others before them unless they ask for drafts.
  fileprivate func lists(_ registration: QueueRegistration, asked state: QueueRegistration.State?) -> Bool {
    let sides = registration.sides(of: principal, in: configuration)
    guard registration.state == .draft, state == nil else { return !sides.isEmpty }
    return sides.contains(.asker)
  }
}
