import SignalboxCore
import SignalboxProtocol

enum ListGroupsCall: ReadCall {
  typealias Types = Methods.ListGroups

  static func read(_ request: ProtoListGroupsRequest, _ scope: ReadScope) throws -> ProtoListGroupsResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "groups")
    let after = paging.after ?? 0
    let rest = scope.configuration.groups.values.filter { $0.id.value > after }
    let (page, next) = paging.cut(rest.sorted { $0.id.value < $1.id.value }) { $0.id.value }
    var response = ProtoListGroupsResponse()
    response.groups = page.map { ProtoGroup($0, in: scope.configuration) }
    response.nextPage = next
    return response
  }
}
