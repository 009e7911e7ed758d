/// An admin ends a credential for good.
package struct RevokeToken: Sendable {
  package var name: String

  package init(name: String) {
    self.name = name
  }

  package struct Facts {
    /// The token of that name in the tenant.
    package var token: AccessToken?

    package init(token: AccessToken?) {
      self.token = token
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<AccessToken> {
    guard var token = facts.token else { throw .notFound(.tokenNotFound, "token", name) }
    guard !token.isRevoked else { throw Rejection(.tokenRevoked, "the token `\(name)` was revoked before") }
    token.isRevoked = true
    return Decided(token, Plan(changes: [.revokeToken(token.id)], event: Event(.tokenRevoked, subject: name)))
  }
}
