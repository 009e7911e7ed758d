/// Tokens that expire, are rotated, are limited to queues, stand for certificates, and tell when they were last used.
extension Migration {
  static let credentials = Migration(
    version: 4, name: "credentials",
    statements: [
      SQL(
        sqlite: "ALTER TABLE tokens ADD COLUMN expires_at INTEGER",
        postgres: "ALTER TABLE tokens ADD COLUMN expires_at BIGINT"),
      SQL(
        sqlite: "ALTER TABLE tokens ADD COLUMN last_used_at INTEGER",
        postgres: "ALTER TABLE tokens ADD COLUMN last_used_at BIGINT"),
      SQL(
        sqlite: "ALTER TABLE tokens ADD COLUMN old_secret_hash BLOB",
        postgres: "ALTER TABLE tokens ADD COLUMN old_secret_hash BYTEA"),
      SQL(
        sqlite: "ALTER TABLE tokens ADD COLUMN old_secret_until INTEGER",
        postgres: "ALTER TABLE tokens ADD COLUMN old_secret_until BIGINT"),
      // Ids of queues with blanks between; empty: not limited.
      SQL("ALTER TABLE tokens ADD COLUMN queues TEXT NOT NULL DEFAULT ''"),
      // `uri:…`, `dns:…` or `email:…`.
      SQL("ALTER TABLE tokens ADD COLUMN certificate TEXT"),
      // Over all tenants: the certificate says which one is meant.
      SQL(
        """
        CREATE UNIQUE INDEX tokens_by_certificate ON tokens (certificate) WHERE certificate IS NOT NULL AND revoked = 0
        """),
    ])
}
