/// Who calls, as established from a credential, never from a request's fields.
package struct Principal: Hashable, Sendable {
  /// The tenant the call acts in. A system admin's is the one it named.
  package var tenant: TenantID
  package var role: Role
  package var person: PersonID?
  /// The token's tenant and id name the principal in idempotency records.
  package var tokenTenant: TenantID
  package var token: TokenID
  package var tokenName: String
  package var actor: Actor
  /// The queues whose tickets the token is limited to; nil: it is not limited.
  package var queueScope: Set<QueueID>?
  /// The rights that the token may use at all; nil: it is not limited.
  package var verbs: Rights?

  /// - Parameter handle: of the person the token speaks for, if it does; the actor otherwise is the token.
  package init(
    tenant: TenantID, role: Role, person: PersonID?, handle: String?, tokenTenant: TenantID, token: TokenID,
    tokenName: String, queueScope: Set<QueueID>? = nil, verbs: Rights? = nil
  ) {
    self.tenant = tenant
    self.role = role
    self.person = person
    self.tokenTenant = tokenTenant
    self.token = token
    self.tokenName = tokenName
    self.queueScope = queueScope
    self.verbs = verbs
    actor = Actor(name: handle ?? tokenName)
  }
}
