/// What a secret stands for. The secret itself is never kept; the store has its hash.
package struct AccessToken: Equatable, Sendable {
  package var id: TokenID
  package var name: String
  package var role: Role
  package var person: PersonID?
  package var createdAt: Timestamp
  package var isRevoked: Bool

  package init(id: TokenID, name: String, role: Role, person: PersonID?, createdAt: Timestamp, isRevoked: Bool) {
    self.id = id
    self.name = name
    self.role = role
    self.person = person
    self.createdAt = createdAt
    self.isRevoked = isRevoked
  }
}
