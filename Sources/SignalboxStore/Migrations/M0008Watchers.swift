/// Watchers as records of their own: what they are told of, who answered for a bare address, who opted out; and the tokens
/// by which addresses speak for themselves.
extension Migration {
  static let watchers = Migration(
    version: 8, name: "watchers",
    statements: [
      // The bits of `WatcherEvents`; 31 is all but notes, as watchers were told before.
      SQL(
        sqlite: "ALTER TABLE queue_watchers ADD COLUMN events INTEGER NOT NULL DEFAULT 31",
        postgres: "ALTER TABLE queue_watchers ADD COLUMN events BIGINT NOT NULL DEFAULT 31"),
      SQL("ALTER TABLE queue_watchers ADD COLUMN added_by TEXT NOT NULL DEFAULT ''"),
      SQL(
        sqlite: "ALTER TABLE queue_watchers ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0",
        postgres: "ALTER TABLE queue_watchers ADD COLUMN added_at BIGINT NOT NULL DEFAULT 0"),
      SQL("ALTER TABLE queue_watchers ADD COLUMN confirmed_by TEXT"),
      SQL(
        sqlite: "ALTER TABLE queue_watchers ADD COLUMN confirmed_at INTEGER",
        postgres: "ALTER TABLE queue_watchers ADD COLUMN confirmed_at BIGINT"),
      SQL(
        sqlite: "ALTER TABLE queue_watchers ADD COLUMN opted_out_at INTEGER",
        postgres: "ALTER TABLE queue_watchers ADD COLUMN opted_out_at BIGINT"),
      // A registration's id is its queue's.
      SQL(
        """
        UPDATE queue_watchers SET
          added_by = (SELECT r.asked_by FROM queue_registrations r
            WHERE r.tenant = queue_watchers.tenant AND r.id = queue_watchers.queue),
          added_at = (SELECT r.asked_at FROM queue_registrations r
            WHERE r.tenant = queue_watchers.tenant AND r.id = queue_watchers.queue)
        WHERE EXISTS (SELECT 1 FROM queue_registrations r
          WHERE r.tenant = queue_watchers.tenant AND r.id = queue_watchers.queue)
        """),
      // Addresses of queues that there are were told until now, on the word of who approved; those of registrations wait
      // for an approval.
      SQL(
        """
        UPDATE queue_watchers SET
          confirmed_by = (SELECT r.decided_by FROM queue_registrations r
            WHERE r.tenant = queue_watchers.tenant AND r.id = queue_watchers.queue),
          confirmed_at = COALESCE((SELECT r.decided_at FROM queue_registrations r
            WHERE r.tenant = queue_watchers.tenant AND r.id = queue_watchers.queue), added_at)
        WHERE address IS NOT NULL AND EXISTS (SELECT 1 FROM queues q
          WHERE q.tenant = queue_watchers.tenant AND q.id = queue_watchers.queue AND q.state IN ('active', 'retired'))
        """),
      // At most one for an address of a queue, the last that was sent.
      SQL(
        sqlite: """
          CREATE TABLE watcher_tokens (
            tenant INTEGER NOT NULL, queue INTEGER NOT NULL, address TEXT NOT NULL, hash BLOB NOT NULL,
            expires_at INTEGER NOT NULL, PRIMARY KEY (tenant, queue, address)
          ) STRICT, WITHOUT ROWID
          """,
        postgres: """
          CREATE TABLE watcher_tokens (
            tenant BIGINT NOT NULL, queue BIGINT NOT NULL, address TEXT NOT NULL, hash BYTEA NOT NULL,
            expires_at BIGINT NOT NULL, PRIMARY KEY (tenant, queue, address)
          )
          """),
      SQL("CREATE UNIQUE INDEX watcher_tokens_by_hash ON watcher_tokens (tenant, hash)"),
    ])
}
