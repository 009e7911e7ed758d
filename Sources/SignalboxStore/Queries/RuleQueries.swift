package import SignalboxCore

/// Rule sets, which never change, and their activations.
package enum RuleQueries {
  static func insert(_ record: RuleSetRecord, of tenant: TenantID) -> Query<Void> {
    Query(
      "rules.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO rule_sets (tenant, hash, name, version, text) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant, hash) DO NOTHING
        """),
      binds: [
        .blob(record.hash), .text(record.name), .integer(record.version), .text(record.text),
      ])
  }

  static func insertActivation(_ record: RuleSetRecord, at revision: Revision, of tenant: TenantID) -> Query<Void> {
    Query(
      "rules.activate", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO rule_activations (tenant, revision, hash, activated_at, activated_by) VALUES ($1, $2, $3, $4, $5)
        """),
      binds: [
        .integer(revision.value), .blob(record.hash),
        .integer(record.activatedAt.milliseconds), .text(record.activatedBy.name),
      ])
  }

  /// The rule set in force.
  package static func active(of tenant: TenantID) -> Query<RuleSetRecord> {
    Query(
      "rules.active", tenant: tenant.value,
      sql: SQL(
        """
        SELECT s.name, s.version, s.hash, s.text, a.activated_at, a.activated_by
        FROM rule_activations a JOIN rule_sets s ON s.tenant = a.tenant AND s.hash = a.hash
        WHERE a.tenant = $1 ORDER BY a.revision DESC LIMIT 1
        """), decode: decode)
  }

  /// A rule set with its last activation.
  package static func ruleSet(_ hash: [UInt8], of tenant: TenantID) -> Query<RuleSetRecord> {
    Query(
      "rules.get", tenant: tenant.value,
      sql: SQL(
        """
        SELECT s.name, s.version, s.hash, s.text, a.activated_at, a.activated_by
        FROM rule_sets s JOIN rule_activations a ON a.tenant = s.tenant AND a.hash = s.hash
        WHERE s.tenant = $1 AND s.hash = $2 ORDER BY a.revision DESC LIMIT 1
        """),
      binds: [.blob(hash)], decode: decode)
  }

  private static func decode(_ row: borrowing Row) throws -> RuleSetRecord {
    RuleSetRecord(
      name: try row.text(0), version: try row.integer(1), hash: try row.blob(2), text: try row.text(3),
      activatedAt: Timestamp(milliseconds: try row.integer(4)), activatedBy: Actor(name: try row.text(5)))
  }
}
