import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListTenantsCall: ReadCall {
  typealias Types = Methods.ListTenants

  static func read(_ request: ProtoListTenantsRequest, _ scope: ReadScope) throws -> ProtoListTenantsResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "tenants")
    let ids = try scope.snapshot.all(TenantQueries.page(after: paging.after ?? 0, limit: paging.limit + 1))
    let (page, next) = paging.cut(ids) { $0.value }
    var response = ProtoListTenantsResponse()
    for id in page {
      guard let tenant = try TenantQueries.tenant(id, in: scope.snapshot) else { continue }
      let revision = try scope.snapshot.first(TenantQueries.revisions(of: id))?.revision ?? Revision(0)
      response.tenants.append(ProtoTenant(tenant, revision: revision))
    }
    response.nextPage = next
    return response
  }
}
