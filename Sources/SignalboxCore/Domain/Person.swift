/// Somebody the tenant knows by a log-in name.
package struct Person: Equatable, Sendable {
  package var id: PersonID
  package var handle: String
  package var displayName: String
  package var email: String
  /// Nil for people outside every organization.
  package var organization: OrganizationID?

  package init(id: PersonID, handle: String, displayName: String, email: String, organization: OrganizationID?) {
    self.id = id
    self.handle = handle
    self.displayName = displayName
    self.email = email
    self.organization = organization
  }
}
