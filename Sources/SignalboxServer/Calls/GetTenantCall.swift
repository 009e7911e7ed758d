import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetTenantCall: ReadCall {
  typealias Types = Methods.GetTenant

  static func read(_ request: ProtoGetTenantRequest, _ scope: ReadScope) throws -> ProtoTenant {
    ProtoTenant(scope.configuration.tenant, revision: scope.revisions.revision)
  }
}
