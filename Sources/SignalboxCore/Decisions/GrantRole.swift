/// A tenant admin gives somebody a role somewhere.
package struct GrantRole: Sendable {
  /// By name, as people know them.
  package enum Grantee: Equatable, Sendable {
    case person(String)
    case group(String)
    case token(String)
  }

  package enum Scope: Equatable, Sendable {
    case tenant
    case organization(String)
    case queue(String)
  }

  package var role: Role?
  package var grantee: Grantee?
  package var scope: Scope?

  package init(role: Role?, grantee: Grantee?, scope: Scope?) {
    self.role = role
    self.grantee = grantee
    self.scope = scope
  }

  package struct Facts {
    /// The tenant's token that the command names.
    package var token: AccessToken?

    package init(token: AccessToken?) {
      self.token = token
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<Grant> {
    var check = FieldCheck()
    if role == nil { check.add("role", "is required") }
    if role == .systemAdmin { check.add("role", "is never granted; system admins have tokens of that role") }
    if grantee == nil { check.add("grantee", "is required: `person`, `group` or `token`") }
    if scope == nil { check.add("scope", "is required: `tenant`, `organization` or `queue`") }
    try check.finish()
    guard let role, let grantee, let scope else { throw Rejection(.invalidField, "a field is missing") }
    let grant = Grant(
      id: GrantID(situation.revision.value), grantee: try resolve(grantee, facts, in: situation), role: role,
      scope: try resolve(scope, in: situation), grantedBy: situation.principal.actor, grantedAt: situation.now)
    let same = situation.configuration.grants(to: grant.grantee).first { $0.role == role && $0.scope == grant.scope }
    guard same == nil else {
      throw Rejection(.alreadyExists, "that role is granted there already, by grant \(same?.id.value ?? 0)")
    }
    try situation.requireRoom(for: .grants)
    let change = Event.FieldChange(
      "role", from: nil, to: "\(role.rawValue) on \(situation.configuration.text(grant.scope))")
    return Decided(
      grant,
      Plan(
        changes: [.insertGrant(grant)],
        event: Event(
          .roleGranted, subject: situation.configuration.text(grant.grantee, token: facts.token), changes: [change])))
  }

  private func resolve(
    _ grantee: Grantee, _ facts: Facts, in situation: Situation
  ) throws(Rejection) -> Grant.Grantee {
    switch grantee {
    case .person(let handle): return .person(try situation.person(withHandle: handle).id)
    case .group(let name): return .group(try situation.group(named: name).id)
    case .token(let name):
      guard let token = facts.token, token.name == name, !token.isRevoked else {
        throw .notFound(.tokenNotFound, "token", name)
      }
      guard token.person == nil else {
        throw Rejection(.invalidField, "the token `\(name)` speaks for a person; grant the role to the person")
      }
      return .token(token.id)
    }
  }

  private func resolve(_ scope: Scope, in situation: Situation) throws(Rejection) -> Grant.Scope {
    switch scope {
    case .tenant: .tenant
    case .organization(let name): .organization(try situation.organization(named: name).id)
    case .queue(let name): .queue(try situation.queue(named: name).id)
    }
  }
}
