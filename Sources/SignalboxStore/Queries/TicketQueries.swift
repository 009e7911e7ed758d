package import SignalboxCore

/// Tickets.
package enum TicketQueries {
  /// A new one: it has no past to be written.
  static func insert(_ ticket: Ticket, of tenant: TenantID) -> Query<Void> {
    Query(
      "tickets.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO tickets (tenant, number, version, queue, assignee, status, priority, created_at, updated_at,
          requester, channel, category, resource, tags, subject, unassigned_reason, referrers, body, fields, type, due_at, queue_since,
          escalate_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
          $23)
        """),
      binds: [
        .integer(ticket.number.value), .integer(ticket.version), .integer(ticket.queue.value),
        SQLValue(ticket.assignee?.value), .integer(ticket.status.rawValue), .integer(ticket.priority.rawValue),
        .integer(ticket.createdAt.milliseconds), .integer(ticket.updatedAt.milliseconds), .text(ticket.requester),
        .text(ticket.channel), .text(ticket.category), .text(ticket.resource), .text(joined(ticket.tags)),
        .text(ticket.subject), .text(ticket.unassignedReason), .text(joined(ticket.referrers)), .text(ticket.body),
        .text(TicketFieldCoding.encode(ticket.fields)), .text(ticket.type), SQLValue(ticket.dueAt?.milliseconds),
        .integer(ticket.placement.since.milliseconds), SQLValue(ticket.escalateAt?.milliseconds),
      ])
  }

  static func update(_ ticket: Ticket, of tenant: TenantID) -> Query<Void> {
    Query(
      "tickets.update", tenant: tenant.value,
      sql: SQL(
        """
        UPDATE tickets SET version = $2, queue = $3, assignee = $4, status = $5, priority = $6, updated_at = $7,
          category = $8, resource = $9, tags = $10, unassigned_reason = $11, referrers = $12, type = $14,
          due_at = $15, queue_since = $16, previous_queue = $17, handoffs = $18, queue_chosen_by_person = $19,
          rule_moves = $20, rules_stopped = $21, comments = $22, escalate_at = $23, escalations = $24
        WHERE tenant = $1 AND number = $13
        """),
      binds: [
        .integer(ticket.version), .integer(ticket.queue.value), SQLValue(ticket.assignee?.value),
        .integer(ticket.status.rawValue), .integer(ticket.priority.rawValue), .integer(ticket.updatedAt.milliseconds),
        .text(ticket.category), .text(ticket.resource), .text(joined(ticket.tags)), .text(ticket.unassignedReason),
        .text(joined(ticket.referrers)), .integer(ticket.number.value),
      ] + TicketRuleColumns.values(of: ticket))
  }

  static func edit(_ ticket: Ticket, of tenant: TenantID) -> Query<Void> {
    Query(
      "tickets.edit", tenant: tenant.value,
      sql: SQL(
        """
        UPDATE tickets SET version = $2, queue = $3, assignee = $4, status = $5, priority = $6, updated_at = $7,
          category = $8, resource = $9, tags = $10, unassigned_reason = $11, referrers = $12, subject = $13, fields = $14,
          type = $16, due_at = $17, queue_since = $18, previous_queue = $19, handoffs = $20,
          queue_chosen_by_person = $21, rule_moves = $22, rules_stopped = $23, comments = $24, escalate_at = $25,
          escalations = $26
        WHERE tenant = $1 AND number = $15
        """),
      binds: [
        .integer(ticket.version), .integer(ticket.queue.value), SQLValue(ticket.assignee?.value),
        .integer(ticket.status.rawValue), .integer(ticket.priority.rawValue), .integer(ticket.updatedAt.milliseconds),
        .text(ticket.category), .text(ticket.resource), .text(joined(ticket.tags)), .text(ticket.unassignedReason),
        .text(joined(ticket.referrers)), .text(ticket.subject), .text(TicketFieldCoding.encode(ticket.fields)),
        .integer(ticket.number.value),
      ] + TicketRuleColumns.values(of: ticket))
  }

  package static func ticket(_ number: TicketNumber, of tenant: TenantID) -> Query<Ticket> {
    Query(
      "tickets.get", tenant: tenant.value,
      sql: SQL(
        """
        SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
          category, resource, tags, subject, unassigned_reason, referrers, type, due_at, queue_since, previous_queue, handoffs,
          queue_chosen_by_person, rule_moves, rules_stopped, comments, escalate_at, escalations, body,
          fields
        FROM tickets WHERE tenant = $1 AND number = $2
        """),
      binds: [.integer(number.value)]
    ) { row in
      var ticket = try decode(row, body: try row.text(27))
      try TicketRuleColumns.read(row, from: 16, into: &ticket)
      ticket.fields = try fields(row, in: 28)
      return ticket
    }
  }

  /// The same without its body, where many are read.
  package static func bodiless(_ number: TicketNumber, of tenant: TenantID) -> Query<Ticket> {
    Query(
      "tickets.get_bodiless", tenant: tenant.value,
      sql: SQL(
        """
        SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
          category, resource, tags, subject, unassigned_reason, referrers, type, due_at, queue_since, previous_queue, handoffs,
          queue_chosen_by_person, rule_moves, rules_stopped, comments, escalate_at, escalations, fields
        FROM tickets WHERE tenant = $1 AND number = $2
        """),
      binds: [.integer(number.value)]
    ) { row in
      var ticket = try decode(row, body: "")
      try TicketRuleColumns.read(row, from: 16, into: &ticket)
      ticket.fields = try fields(row, in: 27)
      return ticket
    }
  }

  /// What a list is limited to beside the queues the caller may browse.
  package struct Filter: Sendable {
    package var assignee: PersonID?
    package var unassigned: Bool
    package var status: Ticket.Status?

    package init(assignee: PersonID? = nil, unassigned: Bool = false, status: Ticket.Status? = nil) {
      self.assignee = assignee
      self.unassigned = unassigned
      self.status = status
    }

    fileprivate func allows(_ ticket: Ticket) -> Bool {
      (assignee == nil || ticket.assignee == assignee) && (!unassigned || ticket.assignee == nil)
        && (status == nil || ticket.status == status)
    }
  }

  /// Most rows one page may look at; a page that reaches it is shorter than asked and says where to go on.
  package static let rowsPerPage = 5_000

  /// One step of a list, newest first, without bodies, and without custom fields and what rules know, which stand behind them: tickets below `before` that are in `queue` (nil: any queue).
  /// `allows` sees rows that the index cannot rule out.
  package static func page(
    of tenant: TenantID, before: Int64, queue: QueueID?, filter: Filter, limit: Int, in snapshot: any Snapshot,
    where allows: (Ticket) -> Bool
  ) throws -> Page {
    let columns = Self.source(queue: queue, filter: filter)
    var page = Page(tickets: [], next: nil)
    var position = before
    var looked = 0
    while looked < rowsPerPage {
      let rows = try snapshot.all(columns(tenant, position, limit + 1))
      looked += rows.count
      for ticket in rows {
        if page.tickets.count == limit {
          page.next = position
          return page
        }
        position = ticket.number.value
        if filter.allows(ticket), allows(ticket) { page.tickets.append(ticket) }
      }
      if rows.count <= limit { return page }
    }
    page.next = position
    return page
  }

  package struct Page: Sendable {
    package var tickets: [Ticket]
    /// `before` of the next page; nil at the end.
    package var next: Int64?
  }

  /// Reads what comes next in the order of the list. What is active and what is done stand in an index each, by queue and by
  /// assignee.
  private typealias Step = (_ tenant: TenantID, _ before: Int64, _ limit: Int) -> Query<Ticket>

  private static func source(queue: QueueID?, filter: Filter) -> Step {
    if let queue { return filter.status.map { ofQueue(queue, $0) } ?? ofQueue(queue) }
    if let assignee = filter.assignee { return ofAssignee(assignee) }
    return { tenant, before, limit in
      Query(
        "tickets.page", tenant: tenant.value,
        sql: SQL(
          """
          SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
            category, resource, tags, subject, unassigned_reason, referrers
          FROM tickets WHERE tenant = $1 AND number < $2 ORDER BY number DESC LIMIT $3
          """),
        binds: [.integer(before), .integer(Int64(limit))]
      ) { row in try decode(row, body: "") }
    }
  }

  private static func ofQueue(_ queue: QueueID) -> Step {
    { tenant, before, limit in
      Query(
        "tickets.page_of_queue", tenant: tenant.value,
        sql: SQL(
          """
          SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
            category, resource, tags, subject, unassigned_reason, referrers
          FROM tickets WHERE tenant = $1 AND queue = $2 AND status < 4 AND number < $3
          UNION ALL
          SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
            category, resource, tags, subject, unassigned_reason, referrers
          FROM tickets WHERE tenant = $1 AND queue = $2 AND status >= 4 AND number < $3
          ORDER BY number DESC LIMIT $4
          """),
        binds: [.integer(queue.value), .integer(before), .integer(Int64(limit))]
      ) { row in try decode(row, body: "") }
    }
  }

  /// Passes by nothing but what is active, or what is done.
  private static func ofQueue(_ queue: QueueID, _ status: Ticket.Status) -> Step {
    let sql: SQL =
      status.isActive
      ? """
      SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
        category, resource, tags, subject, unassigned_reason, referrers
      FROM tickets WHERE tenant = $1 AND queue = $2 AND status < 4 AND status = $3 AND number < $4
      ORDER BY number DESC LIMIT $5
      """
      : """
      SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
        category, resource, tags, subject, unassigned_reason, referrers
      FROM tickets WHERE tenant = $1 AND queue = $2 AND status >= 4 AND status = $3 AND number < $4
      ORDER BY number DESC LIMIT $5
      """
    return { tenant, before, limit in
      Query(
        "tickets.page_of_queue_in_status", tenant: tenant.value, sql: sql,
        binds: [.integer(queue.value), .integer(status.rawValue), .integer(before), .integer(Int64(limit))]
      ) { row in try decode(row, body: "") }
    }
  }

  private static func ofAssignee(_ assignee: PersonID) -> Step {
    { tenant, before, limit in
      Query(
        "tickets.page_of_assignee", tenant: tenant.value,
        sql: SQL(
          """
          SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
            category, resource, tags, subject, unassigned_reason, referrers
          FROM tickets WHERE tenant = $1 AND assignee = $2 AND status < 4 AND number < $3
          UNION ALL
          SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
            category, resource, tags, subject, unassigned_reason, referrers
          FROM tickets WHERE tenant = $1 AND assignee = $2 AND status >= 4 AND number < $3
          ORDER BY number DESC LIMIT $4
          """),
        binds: [.integer(assignee.value), .integer(before), .integer(Int64(limit))]
      ) { row in try decode(row, body: "") }
    }
  }

  /// Tickets in the queue that somebody may still have to act on, oldest first, without bodies and custom fields.
  package static func active(in queue: QueueID, of tenant: TenantID, limit: Int) -> Query<Ticket> {
    Query(
      "tickets.active", tenant: tenant.value,
      sql: SQL(
        """
        SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
          category, resource, tags, subject, unassigned_reason, referrers, type, due_at, queue_since, previous_queue, handoffs,
          queue_chosen_by_person, rule_moves, rules_stopped, comments, escalate_at, escalations
        FROM tickets WHERE tenant = $1 AND queue = $2 AND status < 4 ORDER BY number LIMIT $3
        """),
      binds: [.integer(queue.value), .integer(Int64(limit))]
    ) { row in
      var ticket = try decode(row, body: "")
      try TicketRuleColumns.read(row, from: 16, into: &ticket)
      return ticket
    }
  }

  /// Tickets of a person that somebody may still have to act on, oldest first, without bodies.
  ///
  /// - Parameter queue: nil: in whichever queue they are.
  package static func active(
    of assignee: PersonID, in queue: QueueID? = nil, tenant: TenantID, limit: Int
  ) -> Query<Ticket> {
    Query(
      "tickets.active_of_assignee", tenant: tenant.value,
      sql: SQL(
        """
        SELECT number, version, queue, assignee, status, priority, created_at, updated_at, requester, channel,
          category, resource, tags, subject, unassigned_reason, referrers, type, due_at, queue_since, previous_queue, handoffs,
          queue_chosen_by_person, rule_moves, rules_stopped, comments, escalate_at, escalations
        FROM tickets WHERE tenant = $1 AND assignee = $2 AND status < 4 AND ($4 = 0 OR queue = $4)
        ORDER BY number LIMIT $3
        """),
      // No queue has the number 0.
      binds: [.integer(assignee.value), .integer(Int64(limit)), .integer(queue?.value ?? 0)]
    ) { row in
      var ticket = try decode(row, body: "")
      try TicketRuleColumns.read(row, from: 16, into: &ticket)
      return ticket
    }
  }

  private static func decode(_ row: borrowing Row, body: String) throws -> Ticket {
    Ticket(
      number: TicketNumber(try row.integer(0)), version: try row.integer(1), subject: try row.text(13), body: body,
      requester: try row.text(8), channel: try row.text(9), category: try row.text(10), resource: try row.text(11),
      tags: split(try row.text(12)), status: try row.value(4, as: Ticket.Status.self),
      priority: try row.value(5, as: Ticket.Priority.self), queue: QueueID(try row.integer(2)),
      assignee: try row.integerOrNull(3).map(PersonID.init), unassignedReason: try row.text(14),
      referrers: try organizations(row, in: 15), createdAt: Timestamp(milliseconds: try row.integer(6)),
      updatedAt: Timestamp(milliseconds: try row.integer(7)))
  }

  private static func fields(_ row: borrowing Row, in column: Int) throws -> [String: String] {
    guard let fields = TicketFieldCoding.decode(try row.text(column)) else {
      throw row.corrupt("column \(column) does not list custom fields")
    }
    return fields
  }

  private static func joined(_ organizations: [OrganizationID]) -> String {
    organizations.map { String($0.value) }.joined(separator: " ")
  }

  private static func organizations(_ row: borrowing Row, in column: Int) throws -> [OrganizationID] {
    var organizations: [OrganizationID] = []
    for word in try row.text(column).split(separator: " ") {
      guard let id = Int64(word) else { throw row.corrupt("column \(column) does not list organizations") }
      organizations.append(OrganizationID(id))
    }
    return organizations
  }

  // Tags are single lines, so a line each loses nothing.
  private static func joined(_ tags: [String]) -> String { tags.joined(separator: "\n") }
  static func split(_ text: String) -> [String] {
    text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
