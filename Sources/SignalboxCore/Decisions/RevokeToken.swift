/// An admin ends a credential for good.
package struct RevokeToken: Sendable {
  package var name: String

  package init(name: String) {
    self.name = name
  }

  package struct Facts {
    /// The token of that name in the tenant.
    package var token: AccessToken?
    /// Other tokens of system admins that stay good: with a secret, and without an end. Without one nobody could
    /// ever make a token again. Asked for only where the token is a system admin's.
    package var otherSystemAdmins: Int

    package init(token: AccessToken?, otherSystemAdmins: Int) {
      self.token = token
      self.otherSystemAdmins = otherSystemAdmins
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<AccessToken> {
    guard var token = facts.token else { throw .notFound(.tokenNotFound, "token", name) }
    guard !token.isRevoked else { throw Rejection(.tokenRevoked, "the token `\(name)` was revoked before") }
    // One that ends or needs a certificate is not what they rely on.
    let isLasting = token.role == .systemAdmin && token.expiresAt == nil && token.certificate == nil
    guard !isLasting || facts.otherSystemAdmins > 0 else {
      throw Rejection(
        .notPermitted,
        "`\(name)` is the last token of a system admin that never expires; make another one before you revoke it")
    }
    token.isRevoked = true
    return Decided(
      token,
      Plan(
        changes: [.revokeToken(token.id)],
        event: Event(
          .tokenRevoked, subject: name, changes: [Event.FieldChange("revoked", from: "false", to: "true")])))
  }
}
