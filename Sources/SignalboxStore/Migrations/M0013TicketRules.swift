/// What rules know and make of a ticket: its type, when an answer is due, how it came to its queue, and when rules of
/// `escalate` are to be run for it.
extension Migration {
  static let ticketRules = Migration(
    version: 13, name: "ticket_rules",
    statements: [
      SQL("ALTER TABLE tickets ADD COLUMN type TEXT NOT NULL DEFAULT ''"),
      SQL(
        sqlite: "ALTER TABLE tickets ADD COLUMN due_at INTEGER",
        postgres: "ALTER TABLE tickets ADD COLUMN due_at BIGINT"),
      // NULL of a ticket that there was before: since it was created.
      SQL(
        sqlite: "ALTER TABLE tickets ADD COLUMN queue_since INTEGER",
        postgres: "ALTER TABLE tickets ADD COLUMN queue_since BIGINT"),
      SQL(
        sqlite: "ALTER TABLE tickets ADD COLUMN previous_queue INTEGER",
        postgres: "ALTER TABLE tickets ADD COLUMN previous_queue BIGINT"),
      SQL(
        sqlite: "ALTER TABLE tickets ADD COLUMN handoffs INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE tickets ADD COLUMN handoffs BIGINT NOT NULL DEFAULT 0"),
      SQL(
        sqlite: "ALTER TABLE tickets ADD COLUMN queue_chosen_by_person INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE tickets ADD COLUMN queue_chosen_by_person BIGINT NOT NULL DEFAULT 0"),
      // Instants with blanks between.
      SQL("ALTER TABLE tickets ADD COLUMN rule_moves TEXT NOT NULL DEFAULT ''"),
      SQL(
        sqlite: "ALTER TABLE tickets ADD COLUMN rules_stopped INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE tickets ADD COLUMN rules_stopped BIGINT NOT NULL DEFAULT 0"),
      SQL(
        sqlite: "ALTER TABLE tickets ADD COLUMN comments INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE tickets ADD COLUMN comments BIGINT NOT NULL DEFAULT 0"),
      SQL(
        """
        UPDATE tickets SET comments = (
          SELECT COUNT(*) FROM ticket_comments
          WHERE ticket_comments.tenant = tickets.tenant AND ticket_comments.ticket = tickets.number
            AND ticket_comments.internal = 0)
        WHERE EXISTS (
          SELECT 1 FROM ticket_comments
          WHERE ticket_comments.tenant = tickets.tenant AND ticket_comments.ticket = tickets.number)
        """),
      SQL(
        sqlite: "ALTER TABLE tickets ADD COLUMN escalate_at INTEGER",
        postgres: "ALTER TABLE tickets ADD COLUMN escalate_at BIGINT"),
      // `rule=count` lines in the order of the names.
      SQL("ALTER TABLE tickets ADD COLUMN escalations TEXT NOT NULL DEFAULT ''"),
      SQL(
        """
        CREATE INDEX tickets_by_escalation ON tickets (tenant, escalate_at, number) WHERE escalate_at IS NOT NULL
        """),
      // Tenants whose rules have changed, and the ticket up to which the times of escalations were found anew.
      SQL(
        sqlite: """
          CREATE TABLE escalation_sweeps (tenant INTEGER NOT NULL PRIMARY KEY, ticket INTEGER NOT NULL) STRICT
          """,
        postgres: """
          CREATE TABLE escalation_sweeps (tenant BIGINT NOT NULL PRIMARY KEY, ticket BIGINT NOT NULL)
          """),
      SQL("INSERT INTO escalation_sweeps (tenant, ticket) SELECT id, 0 FROM tenants"),
    ])
}
