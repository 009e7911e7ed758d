/// Rule sets may be kept without being in force; activations have a reason. Sets from before were kept when they were
/// first activated.
extension Migration {
  static let ruleVersions = Migration(
    version: 6, name: "rule versions",
    statements: [
      SQL(
        sqlite: "ALTER TABLE rule_sets ADD COLUMN kept INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE rule_sets ADD COLUMN kept BIGINT NOT NULL DEFAULT 0"),
      SQL(
        sqlite: "ALTER TABLE rule_sets ADD COLUMN kept_at INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE rule_sets ADD COLUMN kept_at BIGINT NOT NULL DEFAULT 0"),
      SQL("ALTER TABLE rule_sets ADD COLUMN kept_by TEXT NOT NULL DEFAULT ''"),
      SQL("ALTER TABLE rule_activations ADD COLUMN reason TEXT NOT NULL DEFAULT ''"),
      SQL(
        """
        UPDATE rule_sets SET
          kept = (SELECT min(a.revision) FROM rule_activations a
            WHERE a.tenant = rule_sets.tenant AND a.hash = rule_sets.hash),
          kept_at = (SELECT min(a.activated_at) FROM rule_activations a
            WHERE a.tenant = rule_sets.tenant AND a.hash = rule_sets.hash),
          kept_by = (SELECT a.activated_by FROM rule_activations a
            WHERE a.tenant = rule_sets.tenant AND a.hash = rule_sets.hash ORDER BY a.revision LIMIT 1)
        """),
      // The list of them, the newest first, and the last activation of each.
      SQL("CREATE INDEX rule_sets_by_keeping ON rule_sets (tenant, kept)"),
      SQL("CREATE INDEX rule_activations_by_set ON rule_activations (tenant, hash, revision)"),
    ])
}
