import SignalboxCore
import SignalboxProtocol

enum UpdateTenantSettingsCall: WriteCall {
  typealias Types = Methods.UpdateTenantSettings

  static func write(_ request: ProtoUpdateTenantSettingsRequest, _ scope: inout WriteScope) throws -> ProtoTenant {
    let command = UpdateTenantSettings(settings: Tenant.Settings(request.settings))
    let tenant = try scope.commit(command.decide(in: scope.situation))
    return ProtoTenant(tenant, revision: scope.situation.revision)
  }
}
