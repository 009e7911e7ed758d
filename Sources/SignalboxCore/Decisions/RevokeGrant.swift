/// A tenant admin takes a role back.
package struct RevokeGrant: Sendable {
  package var grant: GrantID

  package init(grant: GrantID) {
    self.grant = grant
  }

  package struct Facts {
    /// The token that the grant is given to, where it is one.
    package var token: AccessToken?

    package init(token: AccessToken? = nil) {
      self.token = token
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<Grant> {
    guard let grant = situation.configuration.grants[grant] else {
      throw .notFound(.grantNotFound, "grant", String(self.grant.value))
    }
    let change = Event.FieldChange(
      "role", from: "\(grant.role.rawValue) on \(situation.configuration.text(grant.scope))", to: nil)
    return Decided(
      grant,
      Plan(
        changes: [.deleteGrant(grant.id)],
        event: Event(
          .grantRevoked, subject: situation.configuration.text(grant.grantee, token: facts.token), changes: [change])))
  }
}
