import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RotateTokenCall: WriteCall {
  typealias Types = Methods.RotateToken

  static func write(
    _ request: ProtoRotateTokenRequest, _ scope: inout WriteScope
  ) throws -> ProtoRotateTokenResponse {
    let found = try scope.transaction.first(TokenQueries.token(named: request.name, of: scope.tenant))
    let bearer = BearerToken(
      tenant: scope.tenant, token: found?.id ?? TokenID(0), secret: BearerToken.makeSecret())
    let command = RotateToken(
      name: request.name, overlapMilliseconds: request.hasOverlapMs ? Int64(clamping: request.overlapMs) : nil,
      secretHash: bearer.secretHash)
    let oldSecretHash = try found.flatMap {
      try scope.transaction.first(TokenQueries.secretHash(of: $0.id, tenant: scope.tenant))
    }
    let token = try scope.commit(command.decide(in: scope.situation, given: .init(token: found)))
    var response = ProtoRotateTokenResponse()
    response.token = ProtoToken(token, in: scope.situation.configuration)
    response.secret = bearer.text
    scope.remember(
      TokenQueries.Credential(
        tenant: scope.tenant, token: token, secretHash: bearer.secretHash, oldSecretHash: oldSecretHash,
        handle: response.token.person.isEmpty ? nil : response.token.person))
    return response
  }

  static func remembered(_ response: ProtoRotateTokenResponse) -> ProtoRotateTokenResponse? {
    var response = response
    response.secret = ""
    return response
  }
}
