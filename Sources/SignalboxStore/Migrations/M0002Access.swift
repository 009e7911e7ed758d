/// Who holds which role where, who is in which group, who is away.
extension Migration {
  static let access = Migration(version: 2, name: "access", statements: accessTables)

  private static let accessTables: [SQL] = [
    SQL(
      sqlite: """
        CREATE TABLE groups (
          tenant INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, display_name TEXT NOT NULL,
          PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE groups (
          tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, display_name TEXT NOT NULL,
          PRIMARY KEY (tenant, id)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE group_members (
          tenant INTEGER NOT NULL, group_id INTEGER NOT NULL, position INTEGER NOT NULL, person INTEGER NOT NULL,
          PRIMARY KEY (tenant, group_id, position)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE group_members (
          tenant BIGINT NOT NULL, group_id BIGINT NOT NULL, position BIGINT NOT NULL, person BIGINT NOT NULL,
          PRIMARY KEY (tenant, group_id, position)
        )
        """),
    // One of the grantee columns is set; of the scope columns one or, for the whole tenant, none.
    SQL(
      sqlite: """
        CREATE TABLE grants (
          tenant INTEGER NOT NULL, id INTEGER NOT NULL, role TEXT NOT NULL, person INTEGER, group_id INTEGER,
          token INTEGER, organization INTEGER, queue INTEGER, granted_by TEXT NOT NULL, granted_at INTEGER NOT NULL,
          PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE grants (
          tenant BIGINT NOT NULL, id BIGINT NOT NULL, role TEXT NOT NULL, person BIGINT, group_id BIGINT,
          token BIGINT, organization BIGINT, queue BIGINT, granted_by TEXT NOT NULL, granted_at BIGINT NOT NULL,
          PRIMARY KEY (tenant, id)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE absences (
          tenant INTEGER NOT NULL, person INTEGER NOT NULL, from_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL,
          substitute INTEGER, PRIMARY KEY (tenant, person)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE absences (
          tenant BIGINT NOT NULL, person BIGINT NOT NULL, from_ms BIGINT NOT NULL, until_ms BIGINT NOT NULL,
          substitute BIGINT, PRIMARY KEY (tenant, person)
        )
        """),
    SQL("CREATE UNIQUE INDEX groups_by_name ON groups (tenant, name)"),
  ]
}
