package import SignalboxCore

/// Tokens and their hashes.
package enum TokenQueries {
  static func insert(_ token: AccessToken, secretHash: [UInt8], of tenant: TenantID) -> Query<Void> {
    Query(
      "tokens.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO tokens (tenant, id, name, role, person, created_at, revoked, secret_hash, expires_at, queues,
          certificate, verbs)
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11)
        """),
      binds: [
        .integer(token.id.value), .text(token.name), .text(token.role.rawValue),
        SQLValue(token.person?.value), .integer(token.createdAt.milliseconds), .blob(secretHash),
        SQLValue(token.expiresAt?.milliseconds),
        .text(token.queues.map { String($0.value) }.joined(separator: " ")), SQLValue(token.certificate?.text),
        .text((token.verbs?.list ?? []).map(\.name).joined(separator: " ")),
      ])
  }

  static func revoke(_ token: TokenID, of tenant: TenantID) -> Query<Void> {
    Query(
      "tokens.revoke", tenant: tenant.value,
      sql: SQL("UPDATE tokens SET revoked = 1 WHERE tenant = $1 AND id = $2"),
      binds: [.integer(token.value)])
  }

  /// The secret there is becomes the old one.
  static func rotate(_ token: AccessToken, secretHash: [UInt8], of tenant: TenantID) -> Query<Void> {
    Query(
      "tokens.rotate", tenant: tenant.value,
      sql: SQL(
        """
        UPDATE tokens SET old_secret_hash = secret_hash, old_secret_until = $3, secret_hash = $4
        WHERE tenant = $1 AND id = $2
        """),
      binds: [.integer(token.id.value), SQLValue(token.oldSecretUntil?.milliseconds), .blob(secretHash)])
  }

  /// Not a change of the tenant's: it has no revision and leaves no event.
  package static func noteUse(of token: TokenID, tenant: TenantID, at instant: Timestamp) -> Query<Void> {
    Query(
      "tokens.note_use", tenant: tenant.value,
      sql: SQL("UPDATE tokens SET last_used_at = $3 WHERE tenant = $1 AND id = $2"),
      binds: [.integer(token.value), .integer(instant.milliseconds)])
  }

  package static func token(named name: String, of tenant: TenantID) -> Query<AccessToken> {
    Query(
      "tokens.by_name", tenant: tenant.value,
      sql: SQL(
        """
        SELECT id, name, role, person, created_at, revoked, expires_at, last_used_at, old_secret_until, queues,
          certificate, verbs
        FROM tokens WHERE tenant = $1 AND name = $2
        """),
      binds: [.text(name)], decode: decode)
  }

  /// Those that speak for one of the people and were not revoked, in the order of their ids. Looks through all of the
  /// tenant's, once.
  package static func tokens(
    speakingFor people: Set<PersonID>, of tenant: TenantID, in snapshot: any Snapshot
  ) throws -> [TokenID] {
    let named = try snapshot.parts { (last: (token: TokenID, person: PersonID)?, limit) in
      Query(
        "tokens.of_people", tenant: tenant.value,
        sql: SQL(
          """
          SELECT id, person FROM tokens WHERE tenant = $1 AND person IS NOT NULL AND revoked = 0 AND id > $2
          ORDER BY id LIMIT $3
          """),
        binds: [.integer(last?.token.value ?? -1), .integer(Int64(limit))]
      ) { row in (token: TokenID(try row.integer(0)), person: PersonID(try row.integer(1))) }
    }
    return named.filter { people.contains($0.person) }.map(\.token)
  }

  package static func secretHash(of token: TokenID, tenant: TenantID) -> Query<[UInt8]> {
    Query(
      "tokens.secret_hash", tenant: tenant.value,
      sql: SQL("SELECT secret_hash FROM tokens WHERE tenant = $1 AND id = $2"),
      binds: [.integer(token.value)]
    ) { row in try row.blob(0) }
  }

  /// How many tokens of a role a tenant has, beside one, that have a secret, never expire and were not revoked.
  package static func lasting(of role: Role, beside token: TokenID?, tenant: TenantID) -> Query<Int> {
    Query(
      "tokens.lasting", tenant: tenant.value,
      // SQLite takes the primary key unless it is told, which leads to all tokens that the tenant ever made.
      sql: SQL(
        sqlite: """
          SELECT count(*) FROM tokens INDEXED BY tokens_by_role
          WHERE tenant = $1 AND role = $2 AND revoked = 0 AND expires_at IS NULL AND certificate IS NULL AND id <> $3
          """,
        postgres: """
          SELECT count(*) FROM tokens
          WHERE tenant = $1 AND role = $2 AND revoked = 0 AND expires_at IS NULL AND certificate IS NULL AND id <> $3
          """),
      binds: [.text(role.rawValue), .integer(token?.value ?? -1)]
    ) { row in Int(try row.integer(0)) }
  }

  /// The tenant whose token stands for a certificate, if one that is not revoked does. Looks at all tenants, because a
  /// certificate names its own; a caller may learn no more than that there is one.
  package static func tenant(ofCertificate certificate: CertificateName) -> Query<TenantID> {
    Query(
      acrossTenants: "tokens.by_certificate",
      sql: SQL("SELECT tenant FROM tokens WHERE certificate = $1 AND revoked = 0"),
      binds: [.text(certificate.text)]
    ) { row in TenantID(try row.integer(0)) }
  }

  /// Tokens after an id, oldest first.
  package static func page(of tenant: TenantID, after id: Int64, limit: Int) -> Query<AccessToken> {
    Query(
      "tokens.page", tenant: tenant.value,
      sql: SQL(
        """
        SELECT id, name, role, person, created_at, revoked, expires_at, last_used_at, old_secret_until, queues,
          certificate, verbs
        FROM tokens WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3
        """),
      binds: [.integer(id), .integer(Int64(limit))], decode: decode)
  }

  /// A token with all that is needed to recognize it.
  package struct Credential: Sendable {
    package var tenant: TenantID
    package var token: AccessToken
    /// Empty where the credential is a certificate.
    package var secretHash: [UInt8]
    /// Of the secret before the last rotation.
    package var oldSecretHash: [UInt8]?
    /// Handle of the token's person.
    package var handle: String?

    package init(
      tenant: TenantID, token: AccessToken, secretHash: [UInt8], oldSecretHash: [UInt8]? = nil, handle: String?
    ) {
      self.tenant = tenant
      self.token = token
      self.secretHash = secretHash
      self.oldSecretHash = oldSecretHash
      self.handle = handle
    }
  }

  /// Every token of the installation that was not revoked; read once, when the server starts.
  package static func credentials(in snapshot: any Snapshot) throws -> [Credential] {
    try snapshot.parts { last, limit in
      Query(
        acrossTenants: "tokens.credentials",
        sql: SQL(
          """
          SELECT t.id, t.name, t.role, t.person, t.created_at, t.revoked, t.expires_at, t.last_used_at,
            t.old_secret_until, t.queues, t.certificate, t.verbs, t.tenant, t.secret_hash, t.old_secret_hash, p.handle
          FROM tokens t LEFT JOIN people p ON p.tenant = t.tenant AND p.id = t.person
          WHERE t.revoked = 0 AND (t.tenant, t.id) > ($1, $2) ORDER BY t.tenant, t.id LIMIT $3
          """),
        binds: [
          .integer(last?.tenant.value ?? -1), .integer(last?.token.id.value ?? 0), .integer(Int64(limit)),
        ]
      ) { row in
        Credential(
          tenant: TenantID(try row.integer(12)), token: try decode(row), secretHash: try row.blob(13),
          oldSecretHash: try row.blobOrNull(14), handle: try row.textOrNull(15))
      }
    }
  }

  private static func decode(_ row: borrowing Row) throws -> AccessToken {
    var token = AccessToken(
      id: TokenID(try row.integer(0)), name: try row.text(1), role: try row.value(2, as: Role.self),
      person: try row.integerOrNull(3).map(PersonID.init), createdAt: Timestamp(milliseconds: try row.integer(4)),
      isRevoked: try row.flag(5), expiresAt: try row.integerOrNull(6).map(Timestamp.init(milliseconds:)),
      lastUsedAt: try row.integerOrNull(7).map(Timestamp.init(milliseconds:)),
      oldSecretUntil: try row.integerOrNull(8).map(Timestamp.init(milliseconds:)))
    for text in try row.text(9).split(separator: " ") {
      guard let queue = Int64(text) else { throw row.corrupt("`queues` of a token holds `\(text)`") }
      token.queues.append(QueueID(queue))
    }
    if let text = try row.textOrNull(10) {
      guard let certificate = CertificateName(text: text) else { throw row.corrupt("`certificate` holds `\(text)`") }
      token.certificate = certificate
    }
    // A verb that is not known limits as much as one that nobody holds.
    let verbs = try row.text(11).split(separator: " ")
    if !verbs.isEmpty { token.verbs = Rights(verbs.compactMap { Right(name: String($0)) }) }
    return token
  }
}
