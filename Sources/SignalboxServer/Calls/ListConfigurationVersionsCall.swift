import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListConfigurationVersionsCall: ReadCall {
  typealias Types = Methods.ListConfigurationVersions

  static func read(
    _ request: ProtoListConfigurationVersionsRequest, _ scope: ReadScope
  ) throws -> ProtoListConfigurationVersionsResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "configuration-versions")
    let rows = try scope.snapshot.all(
      ConfigurationVersionQueries.page(of: scope.tenant, before: paging.after ?? .max, limit: paging.limit + 1))
    let (page, next) = paging.cut(rows) { $0.version.value }
    var response = ProtoListConfigurationVersionsResponse()
    response.versions = page.map(ProtoConfigurationVersion.init)
    response.nextPage = next
    return response
  }
}
