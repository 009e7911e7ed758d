/// Somebody holds a role somewhere.
package struct Grant: Equatable, Sendable {
  package enum Grantee: Hashable, Sendable {
    case person(PersonID)
    case group(GroupID)
    case token(TokenID)
  }

  package enum Scope: Hashable, Sendable {
    case tenant
    /// All of the organization's queues, those that it will have too.
    case organization(OrganizationID)
    case queue(QueueID)
  }

  package var id: GrantID
  package var grantee: Grantee
  package var role: Role
  package var scope: Scope
  package var grantedBy: Actor
  package var grantedAt: Timestamp

  package init(
    id: GrantID, grantee: Grantee, role: Role, scope: Scope, grantedBy: Actor, grantedAt: Timestamp
  ) {
    self.id = id
    self.grantee = grantee
    self.role = role
    self.scope = scope
    self.grantedBy = grantedBy
    self.grantedAt = grantedAt
  }

  package func covers(_ queue: Queue) -> Bool {
    switch scope {
    case .tenant: true
    case .organization(let organization): queue.organization == organization
    case .queue(let id): queue.id == id
    }
  }
}

/// People who are granted roles together.
package struct Group: Equatable, Sendable {
  package var id: GroupID
  package var name: String
  package var displayName: String
  /// In the order in which they are listed.
  package var members: [PersonID]

  package init(id: GroupID, name: String, displayName: String, members: [PersonID]) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.members = members
  }
}
