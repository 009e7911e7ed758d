/// A tenant admin enters an organization.
package struct CreateOrganization: Sendable {
  package var name: String
  package var kind: Organization.Kind?
  package var displayName: String

  package init(name: String, kind: Organization.Kind?, displayName: String) {
    self.name = name
    self.kind = kind
    self.displayName = displayName
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Organization> {
    var check = FieldCheck()
    check.name("name", name)
    check.line("display_name", displayName, atMost: Limits.displayNameLength, required: false)
    if kind == nil { check.add("kind", "is required") }
    try check.finish()
    guard let kind else { throw Rejection(.invalidField, "`kind` is required") }
    guard situation.configuration.organization(named: name) == nil else {
      throw Rejection(.alreadyExists, "there is an organization `\(name)` already; choose another name")
    }
    let former = situation.configuration.formerOrganizations[name]
    try situation.requireRoom(for: .organizations)
    let organization = Organization(
      id: former ?? OrganizationID(situation.revision.value), name: name, kind: kind,
      displayName: displayName.isEmpty ? name : displayName)
    let changes = Event.made(("kind", organization.kind.rawValue), ("display_name", organization.displayName))
    return Decided(
      organization,
      Plan(
        changes: [former == nil ? .insertOrganization(organization) : .updateOrganization(organization)],
        event: Event(.organizationCreated, subject: name, changes: changes)))
  }
}
