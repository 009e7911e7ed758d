import SignalboxCore

/// Queues. What is asked for in a registration stands among them, in the state `requested`.
enum QueueQueries {
  /// Writes the queue whole, replacing what stood there: a registration's queue becomes the real one under its id.
  static func put(_ queue: Queue, state: String, of tenant: TenantID, in transaction: any Transaction) throws {
    let id = queue.id.value
    for delete in deletes { try transaction.run(delete(tenant.value, id)) }
    try transaction.run(
      Query<Void>(
        "queues.insert", tenant: tenant.value,
        sql: SQL(
          """
          INSERT INTO queues (tenant, id, name, kind, organization, description, default_assignee, state, redirect)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
          """),
        binds: [
          .integer(id), .text(queue.name), .text(queue.kind.rawValue),
          .integer(queue.organization.value), .text(queue.description), SQLValue(queue.defaultAssignee?.value),
          .text(state), SQLValue(queue.redirect?.value),
        ]))
    for (position, agent) in queue.agents.enumerated() {
      try transaction.run(
        Query<Void>(
          "queues.insert_agent", tenant: tenant.value,
          sql: SQL("INSERT INTO queue_agents (tenant, queue, position, person) VALUES ($1, $2, $3, $4)"),
          binds: [.integer(id), .integer(Int64(position)), .integer(agent.value)]))
    }
    for watcher in queue.watchers { try transaction.run(WatcherQueries.insert(watcher, of: queue.id, tenant)) }
    for (position, keyword) in queue.keywords.enumerated() {
      try transaction.run(
        Query<Void>(
          "queues.insert_keyword", tenant: tenant.value,
          sql: SQL("INSERT INTO queue_keywords (tenant, queue, position, keyword) VALUES ($1, $2, $3, $4)"),
          binds: [.integer(id), .integer(Int64(position)), .text(keyword)]))
    }
  }

  private static let deletes: [@Sendable (Int64, Int64) -> Query<Void>] = [
    { delete("queues.delete", SQL("DELETE FROM queues WHERE tenant = $1 AND id = $2"), $0, $1) },
    { delete("queues.delete_agents", SQL("DELETE FROM queue_agents WHERE tenant = $1 AND queue = $2"), $0, $1) },
    { delete("queues.delete_watchers", SQL("DELETE FROM queue_watchers WHERE tenant = $1 AND queue = $2"), $0, $1) },
    { delete("queues.delete_keywords", SQL("DELETE FROM queue_keywords WHERE tenant = $1 AND queue = $2"), $0, $1) },
  ]

  private static func delete(_ name: StaticString, _ sql: SQL, _ tenant: Int64, _ queue: Int64) -> Query<Void> {
    Query(name, tenant: tenant, sql: sql, binds: [.integer(queue)])
  }

  static func updateState(of queue: Queue, tenant: TenantID) -> Query<Void> {
    Query(
      "queues.update_state", tenant: tenant.value,
      sql: SQL("UPDATE queues SET state = $2, redirect = $3 WHERE tenant = $1 AND id = $4"),
      binds: [.text(queue.state.rawValue), SQLValue(queue.redirect?.value), .integer(queue.id.value)])
  }

  /// Every queue there is, retired ones included, registrations not.
  static func queues(of tenant: TenantID, in snapshot: any Snapshot) throws -> [Queue] {
    let query = Query(
      "queues.all", tenant: tenant.value,
      sql: SQL(
        """
        SELECT id, name, kind, organization, description, default_assignee, state, redirect FROM queues
        WHERE tenant = $1 AND state IN ('active', 'retired') ORDER BY id
        """)
    ) { row in
      var queue = try decode(row, state: try row.value(6, as: Queue.State.self))
      queue.redirect = try row.integerOrNull(7).map(QueueID.init)
      return queue
    }
    return try complete(try snapshot.all(query), of: tenant, in: snapshot)
  }

  /// Columns 0 to 5: id, name, kind, organization, description, default_assignee.
  static func decode(_ row: borrowing Row, state: Queue.State) throws -> Queue {
    Queue(
      id: QueueID(try row.integer(0)), name: try row.text(1), kind: try row.value(2, as: Queue.Kind.self),
      organization: OrganizationID(try row.integer(3)), description: try row.text(4), agents: [], watchers: [],
      defaultAssignee: try row.integerOrNull(5).map(PersonID.init), keywords: [], state: state)
  }

  /// As many as have less agents, watchers or keywords together than one query may return.
  private static let queuesPerRead =
    Limits.rowsReadAtOnce
    / max(
      Limits.agentsPerQueue, Limits.watchersPerQueue, Limits.keywordsPerQueue)

  /// Adds agents, watchers and keywords to queues in the order of their ids, in three reads for some hundreds of them.
  /// What is only asked for is left out unless it is the one queue, so that asking much cannot make the reading of a
  /// tenant's queues fail.
  static func complete(_ queues: [Queue], of tenant: TenantID, in snapshot: any Snapshot) throws -> [Queue] {
    var completed: [Queue] = []
    completed.reserveCapacity(queues.count)
    for start in stride(from: 0, to: queues.count, by: queuesPerRead) {
      let some = queues[start..<min(start + queuesPerRead, queues.count)]
      completed += try complete(some: Array(some), of: tenant, in: snapshot)
    }
    return completed
  }

  private static func complete(some queues: [Queue], of tenant: TenantID, in snapshot: any Snapshot) throws -> [Queue] {
    var queues = queues
    let places = Dictionary(uniqueKeysWithValues: queues.enumerated().map { ($1.id.value, $0) })
    let binds: [SQLValue] = [.integer(queues.first?.id.value ?? 0), .integer(queues.last?.id.value ?? 0)]
    let agents = Query(
      "queues.agents", tenant: tenant.value,
      sql: SQL(
        """
        SELECT queue, person FROM queue_agents WHERE tenant = $1 AND queue BETWEEN $2 AND $3
          AND ($2 = $3 OR queue IN (SELECT id FROM queues WHERE tenant = $1 AND state IN ('active', 'retired')))
        ORDER BY queue, position
        """),
      binds: binds
    ) { row in (try row.integer(0), PersonID(try row.integer(1))) }
    for (queue, person) in try snapshot.all(agents) {
      if let place = places[queue] { queues[place].agents.append(person) }
    }
    for (queue, watcher) in try snapshot.all(WatcherQueries.watchers(of: tenant, between: binds)) {
      if let place = places[queue] { queues[place].watchers.append(watcher) }
    }
    let keywords = Query(
      "queues.keywords", tenant: tenant.value,
      sql: SQL(
        """
        SELECT queue, keyword FROM queue_keywords WHERE tenant = $1 AND queue BETWEEN $2 AND $3
          AND ($2 = $3 OR queue IN (SELECT id FROM queues WHERE tenant = $1 AND state IN ('active', 'retired')))
        ORDER BY queue, position
        """),
      binds: binds
    ) { row in (try row.integer(0), try row.text(1)) }
    for (queue, keyword) in try snapshot.all(keywords) {
      if let place = places[queue] { queues[place].keywords.append(keyword) }
    }
    return queues
  }
}
