/// Organizations and people that were removed, ticket types, and the versions of a tenant's configuration.
extension Migration {
  static let configuration = Migration(
    version: 9, name: "configuration",
    statements: [
      SQL(
        sqlite: "ALTER TABLE organizations ADD COLUMN removed INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE organizations ADD COLUMN removed BIGINT NOT NULL DEFAULT 0"),
      SQL(
        sqlite: "ALTER TABLE people ADD COLUMN removed INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE people ADD COLUMN removed BIGINT NOT NULL DEFAULT 0"),
      // `ends_in` has numbers of statuses with blanks between.
      SQL(
        sqlite: """
          CREATE TABLE ticket_types (
            tenant INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, display_name TEXT NOT NULL,
            ends_in TEXT NOT NULL, PRIMARY KEY (tenant, position)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE ticket_types (
            tenant BIGINT NOT NULL, position BIGINT NOT NULL, name TEXT NOT NULL, display_name TEXT NOT NULL,
            ends_in TEXT NOT NULL, PRIMARY KEY (tenant, position)
          )
          """),
      // `options` has one on each line.
      SQL(
        sqlite: """
          CREATE TABLE ticket_type_fields (
            tenant INTEGER NOT NULL, ticket_type INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
            kind TEXT NOT NULL, required INTEGER NOT NULL, options TEXT NOT NULL,
            PRIMARY KEY (tenant, ticket_type, position)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE ticket_type_fields (
            tenant BIGINT NOT NULL, ticket_type BIGINT NOT NULL, position BIGINT NOT NULL, name TEXT NOT NULL,
            kind TEXT NOT NULL, required BIGINT NOT NULL, options TEXT NOT NULL,
            PRIMARY KEY (tenant, ticket_type, position)
          )
          """),
      // The document stands last, so that reading the rest need not reach it.
      SQL(
        sqlite: """
          CREATE TABLE configuration_versions (
            tenant INTEGER NOT NULL, version INTEGER NOT NULL, applied_by TEXT NOT NULL, applied_at INTEGER NOT NULL,
            reason TEXT NOT NULL, document BLOB NOT NULL, PRIMARY KEY (tenant, version)
          ) STRICT
          """,
        postgres: """
          CREATE TABLE configuration_versions (
            tenant BIGINT NOT NULL, version BIGINT NOT NULL, applied_by TEXT NOT NULL, applied_at BIGINT NOT NULL,
            reason TEXT NOT NULL, document BYTEA NOT NULL, PRIMARY KEY (tenant, version)
          )
          """),
    ])
}
