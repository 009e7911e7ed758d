package import SignalboxCore

/// The tickets that a replay of rules looks at.
package enum ReplayQueries {
  /// What rules look at when a ticket comes in, the newest first: tickets below `before`, as new ones. Only
  /// their queues, and whether a person chose these, are those of today.
  ///
  /// - Parameter bodies: Left empty unless somebody reads them: they are most of what there is to read.
  package static func tickets(of tenant: TenantID, before: Int64, bodies: Bool, limit: Int) -> Query<Ticket> {
    Query(
      "replay.tickets", tenant: tenant.value,
      sql: SQL(
        """
        SELECT number, queue, priority, created_at, requester, channel, category, resource, tags, subject, fields,
          type, queue_chosen_by_person, CASE WHEN $4 = 1 THEN body ELSE '' END
        FROM tickets WHERE tenant = $1 AND number < $2 ORDER BY number DESC LIMIT $3
        """),
      binds: [.integer(before), .integer(Int64(limit)), .integer(bodies ? 1 : 0)]
    ) { row in
      let created = Timestamp(milliseconds: try row.integer(3))
      guard let fields = TicketFieldCoding.decode(try row.text(10)) else {
        throw row.corrupt("column 10 does not list custom fields")
      }
      var ticket = Ticket(
        number: TicketNumber(try row.integer(0)), version: 1, subject: try row.text(9), body: try row.text(13),
        requester: try row.text(4), channel: try row.text(5), category: try row.text(6), resource: try row.text(7),
        tags: TicketQueries.split(try row.text(8)), status: .new, priority: try row.value(2, as: Ticket.Priority.self),
        queue: QueueID(try row.integer(1)), assignee: nil, unassignedReason: "", createdAt: created, updatedAt: created,
        fields: fields)
      ticket.type = try row.text(11)
      ticket.placement.isChosen = try row.integer(12) != 0
      return ticket
    }
  }

  /// How many tickets there are, counted to `most` and no further.
  package static func count(of tenant: TenantID, atMost most: Int) -> Query<Int64> {
    Query(
      "replay.count", tenant: tenant.value,
      sql: SQL("SELECT count(*) FROM (SELECT 1 FROM tickets WHERE tenant = $1 LIMIT $2) AS counted"),
      binds: [.integer(Int64(most))]
    ) { row in try row.integer(0) }
  }
}
