/// Registrations with a history: drafts, changes on request, a comment thread; a pattern for each kind of queue; queues
/// that lead to another one once they are retired.
extension Migration {
  static let registrations = Migration(
    version: 3, name: "registrations",
    statements: [
      SQL(
        sqlite: "ALTER TABLE tenants ADD COLUMN resource_provider_queue_pattern TEXT NOT NULL DEFAULT ''",
        postgres: "ALTER TABLE tenants ADD COLUMN resource_provider_queue_pattern TEXT NOT NULL DEFAULT ''"),
      // The queue that gets what was meant for a retired one.
      SQL(
        sqlite: "ALTER TABLE queues ADD COLUMN redirect INTEGER",
        postgres: "ALTER TABLE queues ADD COLUMN redirect BIGINT"),
      SQL(
        sqlite: "ALTER TABLE queue_registrations ADD COLUMN additional INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE queue_registrations ADD COLUMN additional BIGINT NOT NULL DEFAULT 0"),
      SQL(
        sqlite: "ALTER TABLE events ADD COLUMN registration INTEGER",
        postgres: "ALTER TABLE events ADD COLUMN registration BIGINT"),
      // What was decided before has its history as well. A registration's id is the revision that made it, and its
      // queue's id.
      SQL("UPDATE events SET registration = revision WHERE kind = 'queue.registered'"),
      SQL("UPDATE events SET registration = queue_after WHERE kind = 'queue.approved'"),
      SQL(
        """
        UPDATE events SET registration = (
          SELECT min(r.id) FROM queue_registrations r JOIN queues q ON q.tenant = r.tenant AND q.id = r.id
          WHERE r.tenant = events.tenant AND r.state = 'declined' AND r.decided_at = events.at
            AND q.name = events.subject)
        WHERE kind = 'queue.declined'
        """),
      SQL(
        """
        CREATE INDEX events_by_registration ON events (tenant, registration, revision) WHERE registration IS NOT NULL
        """),
    ])
}
