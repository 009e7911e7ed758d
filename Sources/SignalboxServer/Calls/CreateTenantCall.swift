import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum CreateTenantCall: WriteCall {
  typealias Types = Methods.CreateTenant

  static func write(
    _ request: ProtoCreateTenantRequest, _ scope: inout WriteScope
  ) throws -> ProtoCreateTenantResponse {
    let command = CreateTenant(
      name: request.name, displayName: request.displayName, settings: Tenant.Settings(request.settings))
    let isTaken = try scope.transaction.first(TenantQueries.id(named: request.name)) != nil
    let tenant = try scope.commit(command.decide(in: scope.situation, given: .init(nameIsTaken: isTaken)))
    let tenants = scope.context.server.tenants
    scope.afterCommit { tenants.add(tenant.name, tenant.id) }
    var response = ProtoCreateTenantResponse()
    response.tenant = ProtoTenant(tenant, revision: Revision(0))
    return response
  }
}
