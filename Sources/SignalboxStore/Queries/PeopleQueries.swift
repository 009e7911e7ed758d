import SignalboxCore

/// Organizations and people.
enum PeopleQueries {
  static func insert(_ organization: Organization, of tenant: TenantID) -> Query<Void> {
    Query(
      "organizations.insert", tenant: tenant.value,
      sql: SQL("INSERT INTO organizations (tenant, id, name, kind, display_name) VALUES ($1, $2, $3, $4, $5)"),
      binds: [
        .integer(organization.id.value), .text(organization.name),
        .text(organization.kind.rawValue), .text(organization.displayName),
      ])
  }

  static func update(_ organization: Organization, of tenant: TenantID) -> Query<Void> {
    Query(
      "organizations.update", tenant: tenant.value,
      sql: SQL("UPDATE organizations SET kind = $2, display_name = $3, removed = $4 WHERE tenant = $1 AND id = $5"),
      binds: [
        .text(organization.kind.rawValue), .text(organization.displayName), SQLValue(organization.isRemoved),
        .integer(organization.id.value),
      ])
  }

  /// Those that were removed too.
  static func organizations(of tenant: TenantID) -> Query<Organization> {
    Query(
      "organizations.all", tenant: tenant.value,
      sql: SQL("SELECT id, name, kind, display_name, removed FROM organizations WHERE tenant = $1")
    ) { row in
      Organization(
        id: OrganizationID(try row.integer(0)), name: try row.text(1),
        kind: try row.value(2, as: Organization.Kind.self),
        displayName: try row.text(3), isRemoved: try row.flag(4))
    }
  }

  static func insert(_ person: Person, of tenant: TenantID) -> Query<Void> {
    Query(
      "people.insert", tenant: tenant.value,
      sql: SQL(
        "INSERT INTO people (tenant, id, handle, display_name, email, organization) VALUES ($1, $2, $3, $4, $5, $6)"),
      binds: [
        .integer(person.id.value), .text(person.handle), .text(person.displayName),
        .text(person.email), SQLValue(person.organization?.value),
      ])
  }

  static func update(_ person: Person, of tenant: TenantID) -> Query<Void> {
    Query(
      "people.update", tenant: tenant.value,
      sql: SQL(
        """
        UPDATE people SET display_name = $2, email = $3, organization = $4, removed = $5 WHERE tenant = $1 AND id = $6
        """),
      binds: [
        .text(person.displayName), .text(person.email), SQLValue(person.organization?.value),
        SQLValue(person.isRemoved), .integer(person.id.value),
      ])
  }

  /// Those who were removed too.
  static func people(of tenant: TenantID) -> Query<Person> {
    Query(
      "people.all", tenant: tenant.value,
      sql: SQL(
        """
        SELECT p.id, p.handle, p.display_name, p.email, p.organization, a.from_ms, a.until_ms, a.substitute,
          p.removed, v.presence, v.since, v.capacity, v.skills
        FROM people p LEFT JOIN absences a ON a.tenant = p.tenant AND a.person = p.id
          LEFT JOIN availabilities v ON v.tenant = p.tenant AND v.person = p.id WHERE p.tenant = $1
        """)
    ) { row in
      var absence: Absence?
      if let from = try row.integerOrNull(5) {
        absence = Absence(
          from: Timestamp(milliseconds: from), until: Timestamp(milliseconds: try row.integer(6)),
          substitute: try row.integerOrNull(7).map(PersonID.init))
      }
      return Person(
        id: PersonID(try row.integer(0)), handle: try row.text(1), displayName: try row.text(2), email: try row.text(3),
        organization: try row.integerOrNull(4).map(OrganizationID.init), absence: absence, isRemoved: try row.flag(8),
        availability: try AvailabilityQueries.decode(row, from: 9))
    }
  }
}
