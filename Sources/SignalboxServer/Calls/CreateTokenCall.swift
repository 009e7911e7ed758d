import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum CreateTokenCall: WriteCall {
  typealias Types = Methods.CreateToken

  static func write(
    _ request: ProtoCreateTokenRequest, _ scope: inout WriteScope
  ) throws -> ProtoCreateTokenResponse {
    let bearer = BearerToken(
      tenant: scope.tenant, token: TokenID(scope.situation.revision.value), secret: BearerToken.makeSecret())
    let command = CreateToken(
      name: request.name, role: Role(request.role), person: request.person, secretHash: bearer.secretHash)
    let isTaken = try scope.transaction.first(PeopleQueries.token(named: request.name, of: scope.tenant)) != nil
    let token = try scope.commit(command.decide(in: scope.situation, given: .init(nameIsTaken: isTaken)))
    let credential = PeopleQueries.Credential(
      tenant: scope.tenant, token: token, secretHash: bearer.secretHash,
      handle: request.person.isEmpty ? nil : request.person)
    let tokens = scope.context.server.tokens
    scope.afterCommit { tokens.add(credential) }
    var response = ProtoCreateTokenResponse()
    response.token = ProtoToken(token, in: scope.situation.configuration)
    response.secret = bearer.text
    return response
  }

  static func remembered(_ response: ProtoCreateTokenResponse) -> ProtoCreateTokenResponse? {
    var response = response
    response.secret = ""
    return response
  }
}
