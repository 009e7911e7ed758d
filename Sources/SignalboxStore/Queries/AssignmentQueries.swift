package import SignalboxCore

/// Tickets that wait for a strategy, and whom strategies picked.
package enum AssignmentQueries {
  // MARK: Waits

  static func put(_ wait: TicketWait, of tenant: TenantID, in transaction: any Transaction) throws {
    let strategy = wait.strategy
    var group: String?
    if case .group(let name) = strategy.members { group = name }
    try transaction.run(delete(wait.ticket, of: tenant))
    try transaction.run(
      Query<Void>(
        "ticket_waits.insert", tenant: tenant.value,
        sql: SQL(
          """
          INSERT INTO ticket_waits (tenant, ticket, queue, strategy, group_name, skills, skills_relaxed_after, cap_count,
            cap_window, offer_for, offered_to, offered_until, declined)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
          """),
        binds: [
          .integer(wait.ticket.value), .integer(wait.queue.value), .text(strategy.order.rawValue),
          group.map { .text($0) } ?? .null, .text(strategy.skills.joined(separator: "\n")),
          SQLValue(strategy.skillsRelaxedAfter), SQLValue(strategy.cap.map { Int64($0.count) }),
          SQLValue(strategy.cap?.window), SQLValue(strategy.offerFor), SQLValue(wait.offer?.person.value),
          SQLValue(wait.offer?.until.milliseconds),
          .text(wait.declined.map { String($0.value) }.joined(separator: " ")),
        ]))
  }

  package static func delete(_ ticket: TicketNumber, of tenant: TenantID) -> Query<Void> {
    Query(
      "ticket_waits.delete", tenant: tenant.value,
      sql: SQL("DELETE FROM ticket_waits WHERE tenant = $1 AND ticket = $2"), binds: [.integer(ticket.value)])
  }

  /// Ends the wait of a ticket that has changed, if it has found its place.
  static func endWait(of ticket: Ticket, _ tenant: TenantID) -> Query<Void> {
    if ticket.assignee != nil || !ticket.status.isActive { return delete(ticket.number, of: tenant) }
    return Query(
      "ticket_waits.delete_moved", tenant: tenant.value,
      sql: SQL("DELETE FROM ticket_waits WHERE tenant = $1 AND ticket = $2 AND queue <> $3"),
      binds: [.integer(ticket.number.value), .integer(ticket.queue.value)])
  }

  package static func wait(of ticket: TicketNumber, _ tenant: TenantID) -> Query<TicketWait> {
    Query(
      "ticket_waits.get", tenant: tenant.value,
      sql: SQL(
        """
        SELECT ticket, queue, strategy, group_name, skills, skills_relaxed_after, cap_count, cap_window, offer_for,
          offered_to, offered_until, declined
        FROM ticket_waits WHERE tenant = $1 AND ticket = $2
        """),
      binds: [.integer(ticket.value)], decode: decode)
  }

  /// The queue's waits without an offer, and those whose offer is over, oldest ticket first; those behind a ticket.
  package static func waits(
    in queue: QueueID, of tenant: TenantID, at now: Timestamp, after ticket: TicketNumber, limit: Int
  ) -> Query<TicketWait> {
    Query(
      "ticket_waits.due", tenant: tenant.value,
      sql: SQL(
        """
        SELECT ticket, queue, strategy, group_name, skills, skills_relaxed_after, cap_count, cap_window, offer_for,
          offered_to, offered_until, declined
        FROM ticket_waits WHERE tenant = $1 AND queue = $2 AND ticket > $3 AND (offered_to IS NULL OR offered_until <= $4)
        ORDER BY ticket LIMIT $5
        """),
      binds: [
        .integer(queue.value), .integer(ticket.value), .integer(now.milliseconds), .integer(Int64(limit)),
      ], decode: decode)
  }

  /// What is offered to somebody and not too late, oldest ticket first.
  package static func offers(
    to person: PersonID, of tenant: TenantID, at now: Timestamp, after ticket: Int64, limit: Int
  ) -> Query<TicketWait> {
    Query(
      "ticket_waits.offers", tenant: tenant.value,
      sql: SQL(
        """
        SELECT ticket, queue, strategy, group_name, skills, skills_relaxed_after, cap_count, cap_window, offer_for,
          offered_to, offered_until, declined
        FROM ticket_waits WHERE tenant = $1 AND offered_to = $2 AND offered_until > $3 AND ticket > $4
        ORDER BY ticket LIMIT $5
        """),
      binds: [.integer(person.value), .integer(now.milliseconds), .integer(ticket), .integer(Int64(limit))],
      decode: decode)
  }

  /// The next queue, of whatever tenant, in which tickets wait; one at a time, since that passes by the waits of the one
  /// before without a look.
  package static func waitingQueue(
    after: (tenant: TenantID, queue: QueueID)
  ) -> Query<(tenant: TenantID, queue: QueueID)> {
    Query(
      acrossTenants: "ticket_waits.next_queue",
      sql: SQL(
        """
        SELECT tenant, queue FROM ticket_waits WHERE (tenant, queue) > ($1, $2) ORDER BY tenant, queue LIMIT 1
        """),
      binds: [.integer(after.tenant.value), .integer(after.queue.value)]
    ) { row in (TenantID(try row.integer(0)), QueueID(try row.integer(1))) }
  }

  private static func decode(_ row: borrowing Row) throws -> TicketWait {
    let members = try row.textOrNull(3).map(PoolStrategy.Members.group) ?? .agents
    var cap: PoolStrategy.Cap?
    if let count = try row.integerOrNull(6) { cap = .init(count: Int(count), window: try row.integer(7)) }
    var offer: TicketWait.Offer?
    if let person = try row.integerOrNull(9) {
      offer = .init(to: PersonID(person), until: Timestamp(milliseconds: try row.integer(10)))
    }
    var declined: [PersonID] = []
    for word in try row.text(11).split(separator: " ") {
      guard let id = Int64(word) else { throw row.corrupt("column 11 does not list people") }
      declined.append(PersonID(id))
    }
    return TicketWait(
      ticket: TicketNumber(try row.integer(0)), queue: QueueID(try row.integer(1)),
      strategy: PoolStrategy(
        try row.value(2, as: PoolStrategy.Order.self), of: members,
        skills: try row.text(4).split(separator: "\n").map(String.init), skillsRelaxedAfter: try row.integerOrNull(5),
        cap: cap, offerFor: try row.integerOrNull(8)),
      offer: offer, declined: declined)
  }

  // MARK: Picks

  /// Also forgets what is too long ago for any cap.
  static func note(
    _ pick: Pick, as revision: Revision, of tenant: TenantID, in transaction: any Transaction
  ) throws {
    try transaction.run(
      Query<Void>(
        "assignment_turns.put", tenant: tenant.value,
        sql: SQL(
          """
          INSERT INTO assignment_turns (tenant, queue, person, revision) VALUES ($1, $2, $3, $4)
          ON CONFLICT (tenant, queue, person) DO UPDATE SET revision = $4
          """),
        binds: [.integer(pick.queue.value), .integer(pick.person.value), .integer(revision.value)]))
    try transaction.run(
      Query<Void>(
        "assignment_picks.forget", tenant: tenant.value,
        sql: SQL("DELETE FROM assignment_picks WHERE tenant = $1 AND person = $2 AND at < $3"),
        binds: [.integer(pick.person.value), .integer(pick.at.milliseconds - Limits.longestCapWindow)]))
    try transaction.run(
      Query<Void>(
        "assignment_picks.insert", tenant: tenant.value,
        sql: SQL("INSERT INTO assignment_picks (tenant, person, at, revision) VALUES ($1, $2, $3, $4)"),
        binds: [.integer(pick.person.value), .integer(pick.at.milliseconds), .integer(revision.value)]))
  }

  /// What a roster needs to know of people, for a queue. Picks are read as far back as the cap looks, and no more of them
  /// than the cap allows; without a cap none are.
  ///
  /// - Parameter ticket: does not count as load.
  package static func facts(
    of people: [PersonID], beside ticket: TicketNumber? = nil, in queue: QueueID, cap: PoolStrategy.Cap?,
    at now: Timestamp, of tenant: TenantID, in snapshot: any Snapshot
  ) throws -> RosterFacts {
    var facts = RosterFacts()
    for person in people {
      facts.loads[person] = try AvailabilityQueries.workload(of: person, beside: ticket, tenant, in: snapshot).units
      let turn = Query(
        "assignment_turns.get", tenant: tenant.value,
        sql: SQL("SELECT revision FROM assignment_turns WHERE tenant = $1 AND queue = $2 AND person = $3"),
        binds: [.integer(queue.value), .integer(person.value)]
      ) { row in Revision(try row.integer(0)) }
      facts.turns[person] = try snapshot.first(turn)
      guard let cap else { continue }
      let picks = Query(
        "assignment_picks.recent", tenant: tenant.value,
        sql: SQL(
          """
          SELECT at FROM assignment_picks WHERE tenant = $1 AND person = $2 AND at > $3 ORDER BY at DESC LIMIT $4
          """),
        binds: [
          .integer(person.value), .integer(now.milliseconds - cap.window),
          .integer(Int64(min(cap.count, Limits.capCount))),
        ]
      ) { row in Timestamp(milliseconds: try row.integer(0)) }
      facts.picks[person] = try snapshot.all(picks)
    }
    return facts
  }
}
