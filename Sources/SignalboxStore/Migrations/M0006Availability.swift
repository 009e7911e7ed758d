/// Who takes tickets at present, how many and of what kind; and what is open with whom, at hand without what is done.
extension Migration {
  static let availability = Migration(
    version: 6, name: "availability",
    statements: [
      // A row for those who ever said something. `skills` has one a line.
      SQL(
        sqlite: """
          CREATE TABLE availabilities (
            tenant INTEGER NOT NULL, person INTEGER NOT NULL, presence TEXT, since INTEGER, capacity INTEGER,
            skills TEXT NOT NULL, PRIMARY KEY (tenant, person)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE availabilities (
            tenant BIGINT NOT NULL, person BIGINT NOT NULL, presence TEXT, since BIGINT, capacity BIGINT,
            skills TEXT NOT NULL, PRIMARY KEY (tenant, person)
          )
          """),
      // Two in the place of one: a ticket stands in one of them, so a new ticket costs no more than before, and counting
      // what somebody has open does not pass by all that they ever had.
      SQL("DROP INDEX tickets_by_assignee"),
      SQL(
        """
        CREATE INDEX tickets_active_by_assignee ON tickets (tenant, assignee, number, priority)
        WHERE assignee IS NOT NULL AND status IN (1, 2, 3)
        """),
      SQL(
        """
        CREATE INDEX tickets_done_by_assignee ON tickets (tenant, assignee, number)
        WHERE assignee IS NOT NULL AND status NOT IN (1, 2, 3)
        """),
    ])
}
