package import SignalboxCore

/// Rule sets, which never change, and their activations.
package enum RuleQueries {
  static func insert(_ record: RuleSetRecord, at revision: Revision, of tenant: TenantID) -> Query<Void> {
    Query(
      "rules.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO rule_sets (tenant, hash, name, version, text, kept, kept_at, kept_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (tenant, hash) DO NOTHING
        """),
      binds: [
        .blob(record.hash), .text(record.name), .integer(record.version), .text(record.text),
        .integer(revision.value), .integer(record.keptAt.milliseconds), .text(record.keptBy.name),
      ])
  }

  static func insert(
    _ activation: RuleSetRecord.Activation, of hash: [UInt8], at revision: Revision, _ tenant: TenantID
  ) -> Query<Void> {
    Query(
      "rules.activate", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO rule_activations (tenant, revision, hash, activated_at, activated_by, reason)
        VALUES ($1, $2, $3, $4, $5, $6)
        """),
      binds: [
        .integer(revision.value), .blob(hash), .integer(activation.at.milliseconds), .text(activation.by.name),
        .text(activation.reason),
      ])
  }

  /// The rule set in force.
  package static func active(of tenant: TenantID) -> Query<RuleSetRecord> {
    Query(
      "rules.active", tenant: tenant.value,
      sql: SQL(
        """
        SELECT s.name, s.version, s.hash, s.text, s.kept_at, s.kept_by, a.activated_at, a.activated_by, a.reason, s.kept
        FROM rule_activations a JOIN rule_sets s ON s.tenant = a.tenant AND s.hash = a.hash
        WHERE a.tenant = $1 ORDER BY a.revision DESC LIMIT 1
        """), decode: decode)
  }

  /// The kept sets whose hash begins so, each with its last activation; at most two, which is one too many.
  package static func ruleSets(beginning prefix: [UInt8], of tenant: TenantID) -> Query<RuleSetRecord> {
    let rest = max(0, 32 - prefix.count)
    return Query(
      "rules.get", tenant: tenant.value,
      sql: SQL(
        """
        SELECT s.name, s.version, s.hash, s.text, s.kept_at, s.kept_by, a.activated_at, a.activated_by, a.reason, s.kept
        FROM rule_sets s LEFT JOIN rule_activations a ON a.tenant = s.tenant AND a.hash = s.hash
          AND a.revision = (SELECT max(l.revision) FROM rule_activations l WHERE l.tenant = s.tenant AND l.hash = s.hash)
        WHERE s.tenant = $1 AND s.hash >= $2 AND s.hash <= $3 ORDER BY s.hash LIMIT 2
        """),
      binds: [
        .blob(prefix), .blob(prefix + [UInt8](repeating: 0xFF, count: rest)),
      ], decode: decode)
  }

  /// The kept sets, the newest first, without their texts; those kept before the given revision.
  package static func page(
    of tenant: TenantID, before revision: Revision?, limit: Int
  ) -> Query<(record: RuleSetRecord, kept: Revision)> {
    Query(
      "rules.page", tenant: tenant.value,
      sql: SQL(
        """
        SELECT s.name, s.version, s.hash, '', s.kept_at, s.kept_by, a.activated_at, a.activated_by, a.reason, s.kept
        FROM rule_sets s LEFT JOIN rule_activations a ON a.tenant = s.tenant AND a.hash = s.hash
          AND a.revision = (SELECT max(l.revision) FROM rule_activations l WHERE l.tenant = s.tenant AND l.hash = s.hash)
        WHERE s.tenant = $1 AND s.kept < $2 ORDER BY s.kept DESC LIMIT $3
        """),
      binds: [.integer(revision?.value ?? Int64.max), .integer(Int64(limit))]
    ) { row in (try decode(row), Revision(try row.integer(9))) }
  }

  /// The activation log, the newest first; what is older than the given revision.
  package static func activations(of tenant: TenantID, before revision: Revision?, limit: Int) -> Query<RuleActivation>
  {
    Query(
      "rules.activations", tenant: tenant.value,
      sql: SQL(
        """
        SELECT a.revision, a.hash, s.name, s.version, a.activated_at, a.activated_by, a.reason
        FROM rule_activations a JOIN rule_sets s ON s.tenant = a.tenant AND s.hash = a.hash
        WHERE a.tenant = $1 AND a.revision < $2 ORDER BY a.revision DESC LIMIT $3
        """),
      binds: [.integer(revision?.value ?? Int64.max), .integer(Int64(limit))]
    ) { row in
      RuleActivation(
        revision: Revision(try row.integer(0)), hash: try row.blob(1), name: try row.text(2),
        version: try row.integer(3),
        activation: .init(
          at: Timestamp(milliseconds: try row.integer(4)), by: Actor(name: try row.text(5)), reason: try row.text(6)))
    }
  }

  private static func decode(_ row: borrowing Row) throws -> RuleSetRecord {
    var activation: RuleSetRecord.Activation?
    if let at = try row.integerOrNull(6) {
      activation = .init(
        at: Timestamp(milliseconds: at), by: Actor(name: try row.text(7)), reason: try row.text(8))
    }
    return RuleSetRecord(
      name: try row.text(0), version: try row.integer(1), hash: try row.blob(2), text: try row.text(3),
      keptAt: Timestamp(milliseconds: try row.integer(4)), keptBy: Actor(name: try row.text(5)), activation: activation)
  }
}
