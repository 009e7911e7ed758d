/// Who takes tickets at present, how many and of what kind; what is open with whom, at hand without what is done; and what
/// strategies need to know: which tickets wait for them, and whom they picked when.
extension Migration {
  static let availability = Migration(
    version: 10, name: "availability",
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
      // what somebody has open does not pass by all that they ever had, nor read a ticket.
      SQL("DROP INDEX tickets_by_assignee"),
      SQL(
        """
        CREATE INDEX tickets_active_by_assignee ON tickets (tenant, assignee, number, priority, status)
        WHERE assignee IS NOT NULL AND status IN (1, 2, 3)
        """),
      SQL(
        """
        CREATE INDEX tickets_done_by_assignee ON tickets (tenant, assignee, number)
        WHERE assignee IS NOT NULL AND status NOT IN (1, 2, 3)
        """),
      // The strategy in columns. `skills` has one a line, `declined` ids with blanks between. The offer columns are set
      // together, and so are those of the cap.
      SQL(
        sqlite: """
          CREATE TABLE ticket_waits (
            tenant INTEGER NOT NULL, ticket INTEGER NOT NULL, queue INTEGER NOT NULL, strategy TEXT NOT NULL,
            group_name TEXT, skills TEXT NOT NULL, skills_relaxed_after INTEGER, cap_count INTEGER, cap_window INTEGER,
            offer_for INTEGER, offered_to INTEGER, offered_until INTEGER, declined TEXT NOT NULL,
            PRIMARY KEY (tenant, queue, ticket)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE ticket_waits (
            tenant BIGINT NOT NULL, ticket BIGINT NOT NULL, queue BIGINT NOT NULL, strategy TEXT NOT NULL,
            group_name TEXT, skills TEXT NOT NULL, skills_relaxed_after BIGINT, cap_count BIGINT, cap_window BIGINT,
            offer_for BIGINT, offered_to BIGINT, offered_until BIGINT, declined TEXT NOT NULL,
            PRIMARY KEY (tenant, queue, ticket)
          )
          """),
      SQL("CREATE UNIQUE INDEX ticket_waits_by_ticket ON ticket_waits (tenant, ticket)"),
      SQL(
        "CREATE INDEX ticket_waits_by_offer ON ticket_waits (tenant, offered_to, ticket) WHERE offered_to IS NOT NULL"),
      // The revision at which a strategy last picked the person in the queue.
      SQL(
        sqlite: """
          CREATE TABLE assignment_turns (
            tenant INTEGER NOT NULL, queue INTEGER NOT NULL, person INTEGER NOT NULL, revision INTEGER NOT NULL,
            PRIMARY KEY (tenant, queue, person)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE assignment_turns (
            tenant BIGINT NOT NULL, queue BIGINT NOT NULL, person BIGINT NOT NULL, revision BIGINT NOT NULL,
            PRIMARY KEY (tenant, queue, person)
          )
          """),
      // As far back as caps look.
      SQL(
        sqlite: """
          CREATE TABLE assignment_picks (
            tenant INTEGER NOT NULL, person INTEGER NOT NULL, at INTEGER NOT NULL, revision INTEGER NOT NULL,
            PRIMARY KEY (tenant, person, at, revision)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE assignment_picks (
            tenant BIGINT NOT NULL, person BIGINT NOT NULL, at BIGINT NOT NULL, revision BIGINT NOT NULL,
            PRIMARY KEY (tenant, person, at, revision)
          )
          """),
    ])
}
