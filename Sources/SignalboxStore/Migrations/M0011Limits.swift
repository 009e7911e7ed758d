/// Tokens that are limited to verbs; quotas of tenants, and what they have of what is counted with each change.
extension Migration {
  static let limits = Migration(
    version: 11, name: "limits",
    statements: [
      // Names of rights with blanks between; empty: not limited.
      SQL("ALTER TABLE tokens ADD COLUMN verbs TEXT NOT NULL DEFAULT ''"),
      // Those that a system admin has set; for all others the server's standard holds.
      SQL(
        sqlite: """
          CREATE TABLE tenant_quotas (
            tenant INTEGER NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (tenant, name)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE tenant_quotas (
            tenant BIGINT NOT NULL, name TEXT NOT NULL, value BIGINT NOT NULL, PRIMARY KEY (tenant, name)
          )
          """),
      // Beside the revision, which each change writes anyway.
      SQL(
        sqlite: "ALTER TABLE tenant_revisions ADD COLUMN tickets INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE tenant_revisions ADD COLUMN tickets BIGINT NOT NULL DEFAULT 0"),
      SQL(
        sqlite: "ALTER TABLE tenant_revisions ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE tenant_revisions ADD COLUMN tokens BIGINT NOT NULL DEFAULT 0"),
      SQL(
        sqlite: "ALTER TABLE tenant_revisions ADD COLUMN open_registrations INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE tenant_revisions ADD COLUMN open_registrations BIGINT NOT NULL DEFAULT 0"),
      SQL(
        """
        UPDATE tenant_revisions SET
          tickets = (SELECT count(*) FROM tickets t WHERE t.tenant = tenant_revisions.tenant),
          tokens = (SELECT count(*) FROM tokens t WHERE t.tenant = tenant_revisions.tenant AND t.revoked = 0),
          open_registrations = (
            SELECT count(*) FROM queue_registrations r
            WHERE r.tenant = tenant_revisions.tenant AND r.state IN ('draft', 'submitted', 'changes_requested'))
        """),
    ])
}
