import SignalboxCore
import SignalboxProtocol

enum ListOrganizationsCall: ReadCall {
  typealias Types = Methods.ListOrganizations

  static func read(
    _ request: ProtoListOrganizationsRequest, _ scope: ReadScope
  ) throws -> ProtoListOrganizationsResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "organizations")
    let after = paging.after ?? 0
    let rest = scope.configuration.organizations.values.filter { $0.id.value > after && !$0.isRemoved }
    let (page, next) = paging.cut(rest.sorted { $0.id.value < $1.id.value }) { $0.id.value }
    var response = ProtoListOrganizationsResponse()
    response.organizations = page.map(ProtoOrganization.init)
    response.nextPage = next
    return response
  }
}
