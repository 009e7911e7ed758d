/// What is active and what is done in a queue, each at hand without the other: those who work look at what is open, and a queue
/// that goes moves it, however much was done there. Two in the place of one, so a ticket stands in as many as before.
extension Migration {
  static let activeQueues = Migration(
    version: 17, name: "active_queues",
    statements: [
      SQL("DROP INDEX tickets_by_queue"),
      SQL("CREATE INDEX tickets_active_by_queue ON tickets (tenant, queue, number) WHERE status < 4"),
      SQL("CREATE INDEX tickets_done_by_queue ON tickets (tenant, queue, number) WHERE status >= 4"),
    ])
}
