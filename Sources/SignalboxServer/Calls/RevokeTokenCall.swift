import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RevokeTokenCall: WriteCall {
  typealias Types = Methods.RevokeToken

  static func write(
    _ request: ProtoRevokeTokenRequest, _ scope: inout WriteScope
  ) throws -> ProtoRevokeTokenResponse {
    let found = try scope.transaction.first(TokenQueries.token(named: request.name, of: scope.tenant))
    // Others are counted only where the decision asks for them.
    let others =
      try found?.role == .systemAdmin
      ? scope.transaction.first(TokenQueries.lasting(of: .systemAdmin, beside: found?.id, tenant: scope.tenant)) : nil
    let token = try scope.commit(
      RevokeToken(name: request.name)
        .decide(in: scope.situation, given: .init(token: found, otherSystemAdmins: others ?? 0)))
    let tokens = scope.context.server.tokens
    let tenant = scope.tenant
    scope.afterCommit { tokens.remove(token.id, of: tenant) }
    var response = ProtoRevokeTokenResponse()
    response.token = ProtoToken(token, in: scope.situation.configuration)
    return response
  }
}
