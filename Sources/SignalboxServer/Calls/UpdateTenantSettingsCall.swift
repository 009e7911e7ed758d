import SignalboxCore
import SignalboxProtocol

enum UpdateTenantSettingsCall: WriteCall {
  typealias Types = Methods.UpdateTenantSettings

  static func write(_ request: ProtoUpdateTenantSettingsRequest, _ scope: inout WriteScope) throws -> ProtoTenant {
    let command = UpdateTenantSettings(
      settings: request.hasSettings ? Tenant.Settings(request.settings) : nil,
      quotas: request.hasQuotas ? request.quotas.values.map { ($0.name, $0.value) } : nil)
    let tenant = try scope.commit(command.decide(in: scope.situation))
    let (tenants, revision) = (scope.context.server.tenants, scope.situation.revision)
    scope.afterCommit { tenants.set(tenant.quotas, of: tenant.id, as: revision) }
    return ProtoTenant(tenant, revision: revision)
  }
}
