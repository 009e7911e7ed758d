import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RevokeGrantCall: WriteCall {
  typealias Types = Methods.RevokeGrant

  static func write(_ request: ProtoRevokeGrantRequest, _ scope: inout WriteScope) throws -> ProtoGrant {
    let command = RevokeGrant(grant: GrantID(Int64(clamping: request.grant)))
    let grant = try scope.commit(command.decide(in: scope.situation))
    return ProtoGrant(
      grant, in: scope.situation.configuration, token: try grant.token(of: scope.tenant, in: scope.transaction))
  }
}
