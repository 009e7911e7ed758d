import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RevokeGrantCall: WriteCall {
  typealias Types = Methods.RevokeGrant

  static func write(_ request: ProtoRevokeGrantRequest, _ scope: inout WriteScope) throws -> ProtoGrant {
    let command = RevokeGrant(grant: GrantID(Int64(clamping: request.grant)))
    let configuration = scope.situation.configuration
    let token = try configuration.grants[command.grant]?.token(of: scope.tenant, in: scope.transaction)
    let grant = try scope.commit(command.decide(in: scope.situation, given: .init(token: token)))
    return ProtoGrant(grant, in: configuration, token: token)
  }
}
