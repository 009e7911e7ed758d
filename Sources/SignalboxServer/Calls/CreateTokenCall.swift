import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum CreateTokenCall: WriteCall {
  typealias Types = Methods.CreateToken

  static func write(
    _ request: ProtoCreateTokenRequest, _ scope: inout WriteScope
  ) throws -> ProtoCreateTokenResponse {
    let certificate = CertificateName(request.certificate)
    let bearer = BearerToken(
      tenant: scope.tenant, token: TokenID(scope.situation.revision.value), secret: BearerToken.makeSecret())
    let secretHash = certificate == nil ? bearer.secretHash : []
    let command = CreateToken(
      name: request.name, role: Role(request.role), person: request.person, secretHash: secretHash,
      lifetimeMilliseconds: Int64(clamping: request.lifetimeMs), queues: request.queues,
      verbs: request.verbs, certificate: certificate)
    let isTaken = try scope.transaction.first(TokenQueries.token(named: request.name, of: scope.tenant)) != nil
    let holder = try certificate.flatMap { try scope.transaction.first(TokenQueries.tenant(ofCertificate: $0)) }
    let token = try scope.commit(
      command.decide(
        in: scope.situation, given: .init(nameIsTaken: isTaken, certificateIsTaken: holder != nil)))
    scope.remember(
      TokenQueries.Credential(
        tenant: scope.tenant, token: token, secretHash: secretHash,
        handle: request.person.isEmpty ? nil : request.person))
    var response = ProtoCreateTokenResponse()
    response.token = ProtoToken(token, in: scope.situation.configuration)
    response.secret = certificate == nil ? bearer.text : ""
    return response
  }

  static func remembered(_ response: ProtoCreateTokenResponse) -> ProtoCreateTokenResponse? {
    var response = response
    response.secret = ""
    return response
  }
}

extension WriteScope {
  /// Lets admission know of a token once it is committed.
  mutating func remember(_ credential: TokenQueries.Credential) {
    let (tokens, revision, now) = (context.server.tokens, situation.revision, situation.now)
    afterCommit { tokens.put(credential, as: revision, at: now) }
  }
}
