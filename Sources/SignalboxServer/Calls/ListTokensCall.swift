import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListTokensCall: ReadCall {
  typealias Types = Methods.ListTokens

  static func read(_ request: ProtoListTokensRequest, _ scope: ReadScope) throws -> ProtoListTokensResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "tokens")
    let tokens = try scope.snapshot.all(
      TokenQueries.page(of: scope.tenant, after: paging.after ?? 0, limit: paging.limit + 1))
    var (page, next) = paging.cut(tokens) { $0.id.value }
    for index in page.indices {
      // What is in memory is newer than what is written.
      let name = TokenName(tenant: scope.tenant, token: page[index].id)
      if let use = scope.context.server.tokens.lastUse(of: name) { page[index].lastUsedAt = use }
    }
    var response = ProtoListTokensResponse()
    response.tokens = page.map { ProtoToken($0, in: scope.configuration) }
    response.nextPage = next
    return response
  }
}
