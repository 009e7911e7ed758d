import SignalboxCore
import SignalboxProtocol

enum ListQueuesCall: ReadCall {
  typealias Types = Methods.ListQueues

  static func read(_ request: ProtoListQueuesRequest, _ scope: ReadScope) throws -> ProtoListQueuesResponse {
    let paging = try Paging(
      scope, size: request.pageSize, page: request.page, scope: "queues/\(request.organization)")
    var organization: OrganizationID?
    if !request.organization.isEmpty {
      guard let found = scope.configuration.organization(named: request.organization) else {
        throw Rejection.notFound(.organizationNotFound, "organization", request.organization)
      }
      organization = found.id
    }
    let after = paging.after ?? 0
    let rest = scope.configuration.queues.values.filter {
      $0.id.value > after && (organization == nil || $0.organization == organization)
    }
    let (page, next) = paging.cut(rest.sorted { $0.id.value < $1.id.value }) { $0.id.value }
    var response = ProtoListQueuesResponse()
    let access = scope.access
    response.queues = page.map { ProtoQueue($0, in: scope.configuration, for: access) }
    response.nextPage = next
    return response
  }
}
