/// Tickets that are worked on: custom fields, and what people write on them.
extension Migration {
  static let ticketWork = Migration(
    version: 7, name: "ticket_work",
    statements: [
      // `name=value` lines in the order of the names; empty for most tickets.
      SQL("ALTER TABLE tickets ADD COLUMN fields TEXT NOT NULL DEFAULT ''"),
      // Not clustered, as tickets are not: a text may be large.
      SQL(
        sqlite: """
          CREATE TABLE ticket_comments (
            tenant INTEGER NOT NULL, ticket INTEGER NOT NULL, number INTEGER NOT NULL, author TEXT NOT NULL,
            at INTEGER NOT NULL, internal INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, ticket, number)
          ) STRICT
          """,
        postgres: """
          CREATE TABLE ticket_comments (
            tenant BIGINT NOT NULL, ticket BIGINT NOT NULL, number BIGINT NOT NULL, author TEXT NOT NULL,
            at BIGINT NOT NULL, internal BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, ticket, number)
          )
          """),
    ])
}
