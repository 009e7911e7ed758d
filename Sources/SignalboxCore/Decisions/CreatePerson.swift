/// A tenant admin enters a person.
package struct CreatePerson: Sendable {
  package var handle: String
  package var displayName: String
  package var email: String
  /// Name of the organization; empty for none.
  package var organization: String

  package init(handle: String, displayName: String, email: String, organization: String) {
    self.handle = handle
    self.displayName = displayName
    self.email = email
    self.organization = organization
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Person> {
    var check = FieldCheck()
    check.name("handle", handle)
    check.line("display_name", displayName, atMost: Limits.displayNameLength, required: false)
    check.address("email", email, required: false)
    try check.finish()
    let organization = organization.isEmpty ? nil : try situation.organization(named: organization)
    guard situation.configuration.person(withHandle: handle) == nil else {
      throw Rejection(.alreadyExists, "there is a person `\(handle)` already; choose another handle")
    }
    let former = situation.configuration.formerPeople[handle]
    try situation.requireRoom(for: .people)
    let person = Person(
      id: former ?? PersonID(situation.revision.value), handle: handle,
      displayName: displayName.isEmpty ? handle : displayName, email: email, organization: organization?.id)
    let changes = Event.made(
      ("display_name", person.displayName), ("email", person.email), ("organization", self.organization))
    return Decided(
      person,
      Plan(
        changes: [former == nil ? .insertPerson(person) : .updatePerson(person)],
        event: Event(.personCreated, subject: handle, changes: changes)))
  }
}
