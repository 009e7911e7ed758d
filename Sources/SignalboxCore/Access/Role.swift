/// What a token lets its bearer be.
package enum Role: String, CaseIterable, Sendable {
  /// Makes tenants and their first admins; acts in a tenant only by naming it.
  case systemAdmin = "system_admin"
  case tenantAdmin = "tenant_admin"
  /// A person: what it may do follows from the queues that name it.
  case agent
}
