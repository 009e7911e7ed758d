/// Who calls, as established from a credential, never from a request's fields.
package struct Principal: Hashable, Sendable {
  /// The tenant the call acts in. A system admin's is the one it named.
  package var tenant: TenantID
  package var role: Role
  package var person: PersonID?
  /// The token's tenant and id name the principal in idempotency records.
  package var tokenTenant: TenantID
  package var token: TokenID
  package var actor: Actor

  package init(tenant: TenantID, role: Role, person: PersonID?, tokenTenant: TenantID, token: TokenID, actor: Actor) {
    self.tenant = tenant
    self.role = role
    self.person = person
    self.tokenTenant = tokenTenant
    self.token = token
    self.actor = actor
  }

  package var administersTenant: Bool { role == .tenantAdmin || role == .systemAdmin }
}
