/// A rule set that runs beside the one in force, what it has seen since, and the new tickets that it would have sent
/// elsewhere.
extension Migration {
  static let shadowRules = Migration(
    version: 12, name: "shadow rules",
    statements: [
      // At most one row for a tenant.
      SQL(
        sqlite: """
          CREATE TABLE shadow_rules (
            tenant INTEGER NOT NULL, hash BLOB NOT NULL, since INTEGER NOT NULL, set_by TEXT NOT NULL,
            seen INTEGER NOT NULL, different INTEGER NOT NULL, PRIMARY KEY (tenant)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE shadow_rules (
            tenant BIGINT NOT NULL, hash BYTEA NOT NULL, since BIGINT NOT NULL, set_by TEXT NOT NULL,
            seen BIGINT NOT NULL, different BIGINT NOT NULL, PRIMARY KEY (tenant)
          )
          """),
      // Numbered from 1 as they come, so that the old ones are found without counting.
      SQL(
        sqlite: """
          CREATE TABLE shadow_differences (
            tenant INTEGER NOT NULL, position INTEGER NOT NULL, ticket INTEGER NOT NULL, live_queue INTEGER NOT NULL,
            shadow_queue INTEGER, at INTEGER NOT NULL, PRIMARY KEY (tenant, position)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE shadow_differences (
            tenant BIGINT NOT NULL, position BIGINT NOT NULL, ticket BIGINT NOT NULL, live_queue BIGINT NOT NULL,
            shadow_queue BIGINT, at BIGINT NOT NULL, PRIMARY KEY (tenant, position)
          )
          """),
    ])
}
