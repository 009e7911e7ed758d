import SignalboxCore

/// Groups, grants and absences.
enum AccessQueries {
  static func insert(_ group: Group, of tenant: TenantID) -> Query<Void> {
    Query(
      "groups.insert", tenant: tenant.value,
      sql: SQL("INSERT INTO groups (tenant, id, name, display_name) VALUES ($1, $2, $3, $4)"),
      binds: [.integer(group.id.value), .text(group.name), .text(group.displayName)])
  }

  static func update(_ group: Group, of tenant: TenantID) -> Query<Void> {
    Query(
      "groups.update", tenant: tenant.value,
      sql: SQL("UPDATE groups SET display_name = $2 WHERE tenant = $1 AND id = $3"),
      binds: [.text(group.displayName), .integer(group.id.value)])
  }

  static func delete(_ group: GroupID, of tenant: TenantID) -> Query<Void> {
    Query(
      "groups.delete", tenant: tenant.value, sql: SQL("DELETE FROM groups WHERE tenant = $1 AND id = $2"),
      binds: [.integer(group.value)])
  }

  static func deleteMembers(of group: GroupID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "groups.delete_members", tenant: tenant.value,
      sql: SQL("DELETE FROM group_members WHERE tenant = $1 AND group_id = $2"), binds: [.integer(group.value)])
  }

  /// Writes the members anew.
  static func putMembers(of group: Group, _ tenant: TenantID, in transaction: any Transaction) throws {
    try transaction.run(deleteMembers(of: group.id, tenant))
    for (position, member) in group.members.enumerated() {
      try transaction.run(
        Query<Void>(
          "groups.insert_member", tenant: tenant.value,
          sql: SQL("INSERT INTO group_members (tenant, group_id, position, person) VALUES ($1, $2, $3, $4)"),
          binds: [.integer(group.id.value), .integer(Int64(position)), .integer(member.value)]))
    }
  }

  static func groups(of tenant: TenantID, in snapshot: any Snapshot) throws -> [Group] {
    var groups = try snapshot.all(
      Query(
        "groups.all", tenant: tenant.value,
        sql: SQL("SELECT id, name, display_name FROM groups WHERE tenant = $1 ORDER BY id")
      ) { row in
        Group(id: GroupID(try row.integer(0)), name: try row.text(1), displayName: try row.text(2), members: [])
      })
    let places = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1.id.value, $0) })
    let groupsPerRead = Limits.rowsReadAtOnce / Limits.membersPerGroup
    for start in stride(from: 0, to: groups.count, by: groupsPerRead) {
      let last = min(start + groupsPerRead, groups.count) - 1
      for (group, member) in try snapshot.all(members(of: tenant, from: groups[start].id, to: groups[last].id)) {
        if let place = places[group] { groups[place].members.append(member) }
      }
    }
    return groups
  }

  private static func members(of tenant: TenantID, from first: GroupID, to last: GroupID) -> Query<(Int64, PersonID)> {
    Query(
      "groups.all_members", tenant: tenant.value,
      sql: SQL(
        """
        SELECT group_id, person FROM group_members WHERE tenant = $1 AND group_id BETWEEN $2 AND $3
        ORDER BY group_id, position
        """),
      binds: [.integer(first.value), .integer(last.value)]
    ) { row in (try row.integer(0), PersonID(try row.integer(1))) }
  }

  static func insert(_ grant: Grant, of tenant: TenantID) -> Query<Void> {
    var (person, group, token, organization, queue): (Int64?, Int64?, Int64?, Int64?, Int64?)
    switch grant.grantee {
    case .person(let id): person = id.value
    case .group(let id): group = id.value
    case .token(let id): token = id.value
    }
    switch grant.scope {
    case .tenant: break
    case .organization(let id): organization = id.value
    case .queue(let id): queue = id.value
    }
    return Query(
      "grants.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO grants (tenant, id, role, person, group_id, token, organization, queue, granted_by, granted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """),
      binds: [
        .integer(grant.id.value), .text(grant.role.rawValue), SQLValue(person), SQLValue(group), SQLValue(token),
        SQLValue(organization), SQLValue(queue), .text(grant.grantedBy.name), .integer(grant.grantedAt.milliseconds),
      ])
  }

  static func delete(_ grant: GrantID, of tenant: TenantID) -> Query<Void> {
    Query(
      "grants.delete", tenant: tenant.value, sql: SQL("DELETE FROM grants WHERE tenant = $1 AND id = $2"),
      binds: [.integer(grant.value)])
  }

  static func grants(of tenant: TenantID) -> Query<Grant> {
    Query(
      "grants.all", tenant: tenant.value,
      sql: SQL(
        """
        SELECT id, role, person, group_id, token, organization, queue, granted_by, granted_at FROM grants
        WHERE tenant = $1 ORDER BY id
        """)
    ) { row in
      let grantee: Grant.Grantee
      if let person = try row.integerOrNull(2) {
        grantee = .person(PersonID(person))
      } else if let group = try row.integerOrNull(3) {
        grantee = .group(GroupID(group))
      } else {
        grantee = .token(TokenID(try row.integer(4)))
      }
      let scope: Grant.Scope
      if let organization = try row.integerOrNull(5) {
        scope = .organization(OrganizationID(organization))
      } else if let queue = try row.integerOrNull(6) {
        scope = .queue(QueueID(queue))
      } else {
        scope = .tenant
      }
      return Grant(
        id: GrantID(try row.integer(0)), grantee: grantee, role: try row.value(1, as: Role.self), scope: scope,
        grantedBy: Actor(name: try row.text(7)), grantedAt: Timestamp(milliseconds: try row.integer(8)))
    }
  }

  static func deleteAbsence(of person: PersonID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "absences.delete", tenant: tenant.value, sql: SQL("DELETE FROM absences WHERE tenant = $1 AND person = $2"),
      binds: [.integer(person.value)])
  }

  static func insert(_ absence: Absence, of person: PersonID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "absences.insert", tenant: tenant.value,
      sql: SQL("INSERT INTO absences (tenant, person, from_ms, until_ms, substitute) VALUES ($1, $2, $3, $4, $5)"),
      binds: [
        .integer(person.value), .integer(absence.from.milliseconds), .integer(absence.until.milliseconds),
        SQLValue(absence.substitute?.value),
      ])
  }
}
