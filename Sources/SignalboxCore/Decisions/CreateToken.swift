/// An admin hands out a credential. A system admin makes tenant admins' (in a tenant) or system admins' (in the system
/// tenant); a tenant admin makes those of its tenant.
package struct CreateToken: Sendable {
  package var name: String
  package var role: Role?
  /// Handle; required for agents.
  package var person: String
  package var secretHash: [UInt8]

  package init(name: String, role: Role?, person: String, secretHash: [UInt8]) {
    self.name = name
    self.role = role
    self.person = person
    self.secretHash = secretHash
  }

  package struct Facts {
    package var nameIsTaken: Bool

    package init(nameIsTaken: Bool) {
      self.nameIsTaken = nameIsTaken
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<AccessToken> {
    var check = FieldCheck()
    check.name("name", name)
    if role == nil { check.add("role", "is required") }
    if role == .agent, person.isEmpty { check.add("person", "is required for an agent's token") }
    try check.finish()
    guard let role else { throw Rejection(.invalidField, "`role` is required") }
    let isSystem = situation.configuration.tenant.id == .system
    guard (role == .systemAdmin) == isSystem else {
      throw Rejection(
        .notPermitted,
        isSystem
          ? "a token of this role belongs to a tenant; name the tenant"
          : "a system admin's token is made by a system admin without naming a tenant")
    }
    let holder = person.isEmpty ? nil : try situation.person(withHandle: person)
    guard !facts.nameIsTaken else {
      throw Rejection(.alreadyExists, "there is a token `\(name)` already; choose another name, or revoke that one")
    }
    let token = AccessToken(
      id: TokenID(situation.revision.value), name: name, role: role, person: holder?.id, createdAt: situation.now,
      isRevoked: false)
    let changes = [Event.FieldChange("role", from: nil, to: role.rawValue)]
    return Decided(
      token,
      Plan(
        changes: [.insertToken(token, secretHash: secretHash)],
        event: Event(.tokenCreated, subject: name, changes: changes)))
  }
}
