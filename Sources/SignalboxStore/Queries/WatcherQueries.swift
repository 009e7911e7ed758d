package import SignalboxCore

/// Watchers of queues, and the tokens of bare addresses among them.
package enum WatcherQueries {
  /// Behind those that the queue has.
  static func insert(_ watcher: Watcher, of queue: QueueID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "watchers.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO queue_watchers (tenant, queue, position, person, address, events, added_by, added_at, confirmed_by,
          confirmed_at, opted_out_at)
        VALUES ($1, $2,
          (SELECT COALESCE(MAX(position), -1) + 1 FROM queue_watchers WHERE tenant = $1 AND queue = $2),
          $3, $4, $5, $6, $7, $8, $9, $10)
        """),
      binds: [.integer(queue.value)] + binds(watcher.who) + [
        .integer(Int64(watcher.events.rawValue)), .text(watcher.addedBy.name),
        .integer(watcher.addedAt.milliseconds), SQLValue(watcher.confirmedBy?.name),
        SQLValue(watcher.confirmedAt?.milliseconds), SQLValue(watcher.optedOutAt?.milliseconds),
      ])
  }

  static func update(_ watcher: Watcher, of queue: QueueID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "watchers.update", tenant: tenant.value,
      sql: SQL(
        """
        UPDATE queue_watchers SET events = $5, confirmed_by = $6, confirmed_at = $7, opted_out_at = $8
        WHERE tenant = $1 AND queue = $2 AND (person = $3 OR address = $4)
        """),
      binds: [.integer(queue.value)] + binds(watcher.who) + [
        .integer(Int64(watcher.events.rawValue)), SQLValue(watcher.confirmedBy?.name),
        SQLValue(watcher.confirmedAt?.milliseconds), SQLValue(watcher.optedOutAt?.milliseconds),
      ])
  }

  static func delete(_ who: Watcher.Who, of queue: QueueID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "watchers.delete", tenant: tenant.value,
      sql: SQL("DELETE FROM queue_watchers WHERE tenant = $1 AND queue = $2 AND (person = $3 OR address = $4)"),
      binds: [.integer(queue.value)] + binds(who))
  }

  static func deleteToken(of address: String, _ queue: QueueID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "watchers.delete_token", tenant: tenant.value,
      sql: SQL("DELETE FROM watcher_tokens WHERE tenant = $1 AND queue = $2 AND address = $3"),
      binds: [.integer(queue.value), .text(address)])
  }

  static func insert(_ token: WatcherToken, of tenant: TenantID) -> Query<Void> {
    Query(
      "watchers.insert_token", tenant: tenant.value,
      sql: SQL("INSERT INTO watcher_tokens (tenant, queue, address, hash, expires_at) VALUES ($1, $2, $3, $4, $5)"),
      binds: [
        .integer(token.queue.value), .text(token.address), .blob(token.hash), .integer(token.expiresAt.milliseconds),
      ])
  }

  /// The tenant's token with the hash. Found by the hash of a secret, whose bytes nobody chooses, so that the time it
  /// takes tells nothing of the secret.
  package static func token(withHash hash: [UInt8], of tenant: TenantID) -> Query<WatcherToken> {
    Query(
      "watchers.token", tenant: tenant.value,
      sql: SQL("SELECT queue, address, hash, expires_at FROM watcher_tokens WHERE tenant = $1 AND hash = $2"),
      binds: [.blob(hash)]
    ) { row in
      WatcherToken(
        queue: QueueID(try row.integer(0)), address: try row.text(1), hash: try row.blob(2),
        expiresAt: Timestamp(milliseconds: try row.integer(3)))
    }
  }

  /// Of the queues between two ids; of one alone where they are the same, and else of real queues only, see
  /// `QueueQueries.complete`.
  static func watchers(of tenant: TenantID, between ids: [SQLValue]) -> Query<(Int64, Watcher)> {
    Query(
      "watchers.all", tenant: tenant.value,
      sql: SQL(
        """
        SELECT queue, person, address, events, added_by, added_at, confirmed_by, confirmed_at, opted_out_at
        FROM queue_watchers WHERE tenant = $1 AND queue BETWEEN $2 AND $3
          AND ($2 = $3 OR queue IN (SELECT id FROM queues WHERE tenant = $1 AND state IN ('active', 'retired')))
        ORDER BY queue, position
        """),
      binds: ids
    ) { row in
      let person = try row.integerOrNull(1).map(PersonID.init)
      let watcher = Watcher(
        try person.map(Watcher.Who.person) ?? .address(try row.text(2)),
        events: WatcherEvents(rawValue: UInt32(clamping: try row.integer(3))),
        addedBy: Actor(name: try row.text(4)), addedAt: Timestamp(milliseconds: try row.integer(5)),
        confirmedBy: try row.textOrNull(6).map(Actor.init(name:)),
        confirmedAt: try row.integerOrNull(7).map(Timestamp.init(milliseconds:)),
        optedOutAt: try row.integerOrNull(8).map(Timestamp.init(milliseconds:)))
      return (try row.integer(0), watcher)
    }
  }

  /// Columns `person` and `address`; what is NULL is equal to nothing.
  private static func binds(_ who: Watcher.Who) -> [SQLValue] {
    switch who {
    case .person(let person): [.integer(person.value), .null]
    case .address(let address): [.null, .text(address)]
    }
  }
}
