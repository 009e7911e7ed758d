/// What is active and what is done, told apart by one comparison. For a list of three values SQLite builds a table each time
/// it asks whether a row belongs into an index, which was a tenth of what a new ticket cost.
extension Migration {
  static let activeTickets = Migration(
    version: 15, name: "active_tickets",
    statements: [
      SQL("DROP INDEX tickets_active_by_assignee"),
      SQL("DROP INDEX tickets_done_by_assignee"),
      SQL(
        """
        CREATE INDEX tickets_active_by_assignee ON tickets (tenant, assignee, number, priority, status)
        WHERE assignee IS NOT NULL AND status < 4
        """),
      SQL(
        """
        CREATE INDEX tickets_done_by_assignee ON tickets (tenant, assignee, number)
        WHERE assignee IS NOT NULL AND status >= 4
        """),
    ])
}
