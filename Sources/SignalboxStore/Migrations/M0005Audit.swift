/// Events tell where they came from, and each is chained to the one before by a hash. What was there before gets its
/// hashes when the server starts, see `AuditQueries.seal`.
extension Migration {
  static let audit = Migration(
    version: 5, name: "audit",
    statements: [
      SQL("ALTER TABLE events ADD COLUMN source TEXT NOT NULL DEFAULT ''"),
      SQL(
        sqlite: "ALTER TABLE events ADD COLUMN hash BLOB",
        postgres: "ALTER TABLE events ADD COLUMN hash BYTEA"),
      // That of the tenant's last event: read and written with the revision, so that the chain costs no row of its own.
      SQL(
        sqlite: "ALTER TABLE tenant_revisions ADD COLUMN audit_hash BLOB",
        postgres: "ALTER TABLE tenant_revisions ADD COLUMN audit_hash BYTEA"),
    ])
}
