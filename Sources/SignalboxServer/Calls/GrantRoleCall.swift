import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GrantRoleCall: WriteCall {
  typealias Types = Methods.GrantRole

  static func write(_ request: ProtoGrantRoleRequest, _ scope: inout WriteScope) throws -> ProtoGrant {
    let grantee: GrantRole.Grantee? =
      switch request.grantee {
      case .person(let handle): .person(handle)
      case .group(let name): .group(name)
      case .token(let name): .token(name)
      case nil: nil
      }
    let place: GrantRole.Scope? =
      switch request.scope {
      case .tenant(true): .tenant
      case .organization(let name): .organization(name)
      case .queue(let name): .queue(name)
      case .tenant(false), nil: nil
      }
    let command = GrantRole(role: Role(request.role), grantee: grantee, scope: place)
    var facts = GrantRole.Facts(token: nil)
    if case .token(let name) = grantee {
      facts.token = try scope.transaction.first(TokenQueries.token(named: name, of: scope.tenant))
    }
    let grant = try scope.commit(command.decide(in: scope.situation, given: facts))
    return ProtoGrant(grant, in: scope.situation.configuration, token: facts.token)
  }
}
