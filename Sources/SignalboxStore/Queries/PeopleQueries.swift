package import SignalboxCore

/// Organizations, people and tokens.
package enum PeopleQueries {
  static func insert(_ organization: Organization, of tenant: TenantID) -> Query<Void> {
    Query(
      "organizations.insert", tenant: tenant.value,
      sql: SQL("INSERT INTO organizations (tenant, id, name, kind, display_name) VALUES ($1, $2, $3, $4, $5)"),
      binds: [
        .integer(organization.id.value), .text(organization.name),
        .text(organization.kind.rawValue), .text(organization.displayName),
      ])
  }

  static func organizations(of tenant: TenantID) -> Query<Organization> {
    Query(
      "organizations.all", tenant: tenant.value,
      sql: SQL("SELECT id, name, kind, display_name FROM organizations WHERE tenant = $1")
    ) { row in
      Organization(
        id: OrganizationID(try row.integer(0)), name: try row.text(1),
        kind: try row.value(2, as: Organization.Kind.self),
        displayName: try row.text(3))
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

  static func people(of tenant: TenantID) -> Query<Person> {
    Query(
      "people.all", tenant: tenant.value,
      sql: SQL(
        """
        SELECT p.id, p.handle, p.display_name, p.email, p.organization, a.from_ms, a.until_ms, a.substitute
        FROM people p LEFT JOIN absences a ON a.tenant = p.tenant AND a.person = p.id WHERE p.tenant = $1
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
        organization: try row.integerOrNull(4).map(OrganizationID.init), absence: absence)
    }
  }

  static func insert(_ token: AccessToken, secretHash: [UInt8], of tenant: TenantID) -> Query<Void> {
    Query(
      "tokens.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO tokens (tenant, id, name, role, person, created_at, revoked, secret_hash)
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
        """),
      binds: [
        .integer(token.id.value), .text(token.name), .text(token.role.rawValue),
        SQLValue(token.person?.value), .integer(token.createdAt.milliseconds), .blob(secretHash),
      ])
  }

  static func revoke(_ token: TokenID, of tenant: TenantID) -> Query<Void> {
    Query(
      "tokens.revoke", tenant: tenant.value,
      sql: SQL("UPDATE tokens SET revoked = 1 WHERE tenant = $1 AND id = $2"),
      binds: [.integer(token.value)])
  }

  package static func token(named name: String, of tenant: TenantID) -> Query<AccessToken> {
    Query(
      "tokens.by_name", tenant: tenant.value,
      sql: SQL("SELECT id, name, role, person, created_at, revoked FROM tokens WHERE tenant = $1 AND name = $2"),
      binds: [.text(name)], decode: decodeToken)
  }

  /// How many good tokens of a role a tenant has beside one.
  package static func count(of role: Role, beside token: TokenID?, tenant: TenantID) -> Query<Int> {
    Query(
      "tokens.count", tenant: tenant.value,
      sql: SQL("SELECT count(*) FROM tokens WHERE tenant = $1 AND role = $2 AND revoked = 0 AND id <> $3"),
      binds: [.text(role.rawValue), .integer(token?.value ?? -1)]
    ) { row in Int(try row.integer(0)) }
  }

  /// Tokens after an id, oldest first.
  package static func tokens(of tenant: TenantID, after id: Int64, limit: Int) -> Query<AccessToken> {
    Query(
      "tokens.page", tenant: tenant.value,
      sql: SQL(
        """
        SELECT id, name, role, person, created_at, revoked FROM tokens
        WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3
        """),
      binds: [.integer(id), .integer(Int64(limit))], decode: decodeToken)
  }

  /// A token with all that is needed to recognize it.
  package struct Credential: Sendable {
    package var tenant: TenantID
    package var token: AccessToken
    package var secretHash: [UInt8]
    /// Handle of the token's person.
    package var handle: String?

    package init(tenant: TenantID, token: AccessToken, secretHash: [UInt8], handle: String?) {
      self.tenant = tenant
      self.token = token
      self.secretHash = secretHash
      self.handle = handle
    }
  }

  /// Every token of the installation that was not revoked; read once, when the server starts.
  package static var credentials: Query<Credential> {
    Query(
      acrossTenants: "tokens.credentials",
      sql: SQL(
        """
        SELECT t.id, t.name, t.role, t.person, t.created_at, t.revoked, t.tenant, t.secret_hash, p.handle
        FROM tokens t LEFT JOIN people p ON p.tenant = t.tenant AND p.id = t.person WHERE t.revoked = 0
        """)
    ) { row in
      Credential(
        tenant: TenantID(try row.integer(6)), token: try decodeToken(row), secretHash: try row.blob(7),
        handle: try row.textOrNull(8))
    }
  }

  private static func decodeToken(_ row: borrowing Row) throws -> AccessToken {
    AccessToken(
      id: TokenID(try row.integer(0)), name: try row.text(1), role: try row.value(2, as: Role.self),
      person: try row.integerOrNull(3).map(PersonID.init), createdAt: Timestamp(milliseconds: try row.integer(4)),
      isRevoked: try row.integer(5) != 0)
  }
}
