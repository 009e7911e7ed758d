package import SignalboxCore

/// Events: history, watches and the audit read the same rows.
package enum EventQueries {
  static func insert(_ record: AuditRecord, of tenant: TenantID) -> Query<Void> {
    Query(
      "events.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO events (tenant, revision, kind, ticket, ticket_version, queue_before, queue_after, actor, at,
          subject, reason, changes, decision, registration, source, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """),
      binds: [
        .integer(record.revision.value), .text(record.kind), SQLValue(record.ticket), .integer(record.ticketVersion),
        SQLValue(record.queueBefore), SQLValue(record.queueAfter), .text(record.actor),
        .integer(record.at.milliseconds), .text(record.subject), .text(record.reason),
        SQLValue(FieldChangeCoding.encode(record.changes)), SQLValue(record.decision), SQLValue(record.registration),
        .text(record.source), .blob(record.hash),
      ])
  }

  static func insertOutbox(_ recipients: [OutboxRecipient], at revision: Revision, of tenant: TenantID) -> Query<Void> {
    Query(
      "outbox.insert", tenant: tenant.value,
      sql: SQL("INSERT INTO outbox (tenant, revision, recipients, state) VALUES ($1, $2, $3, 'waiting')"),
      binds: [
        .integer(revision.value),
        .text(recipients.map(line).joined(separator: "\n")),
      ])
  }

  /// `role address`, and behind it the payload where there is one.
  private static func line(_ recipient: OutboxRecipient) -> String {
    let line = "\(recipient.role.rawValue) \(recipient.address)"
    return recipient.payload.isEmpty ? line : "\(line) \(recipient.payload)"
  }

  /// A ticket's events after a revision, oldest first.
  ///
  /// - Parameter withNotes: false: without those that say that a note was written.
  package static func history(
    of ticket: TicketNumber, tenant: TenantID, after revision: Revision, withNotes: Bool = true, limit: Int
  ) -> Query<RecordedEvent> {
    Query(
      "events.history", tenant: tenant.value,
      sql: SQL(
        """
        SELECT revision, kind, ticket, ticket_version, queue_before, queue_after, actor, at, subject, reason, changes,
          decision, registration
        FROM events WHERE tenant = $1 AND ticket = $2 AND revision > $3 AND (kind <> 'ticket.noted' OR $4 = 1)
        ORDER BY revision LIMIT $5
        """),
      binds: [.integer(ticket.value), .integer(revision.value), SQLValue(withNotes), .integer(Int64(limit))],
      decode: decode)
  }

  /// A registration's events after a revision, oldest first.
  package static func history(
    of registration: RegistrationID, tenant: TenantID, after revision: Revision, limit: Int
  ) -> Query<RecordedEvent> {
    Query(
      "events.registration_history", tenant: tenant.value,
      sql: SQL(
        """
        SELECT revision, kind, ticket, ticket_version, queue_before, queue_after, actor, at, subject, reason, changes,
          decision, registration
        FROM events WHERE tenant = $1 AND registration = $2 AND revision > $3 ORDER BY revision LIMIT $4
        """),
      binds: [.integer(registration.value), .integer(revision.value), .integer(Int64(limit))],
      decode: decode)
  }

  /// The last event by which rules chose the ticket's queue.
  package static func lastRouting(of ticket: TicketNumber, tenant: TenantID) -> Query<RecordedEvent> {
    Query(
      "events.last_routing", tenant: tenant.value,
      sql: SQL(
        """
        SELECT revision, kind, ticket, ticket_version, queue_before, queue_after, actor, at, subject, reason, changes,
          decision, registration
        FROM events WHERE tenant = $1 AND ticket = $2 AND decision IS NOT NULL
          AND (queue_before IS NULL OR queue_before <> queue_after)
        ORDER BY revision DESC LIMIT 1
        """),
      binds: [.integer(ticket.value)], decode: decode)
  }

  /// The ticket's events after a revision in which rules decided, newest first.
  package static func decisions(
    on ticket: TicketNumber, tenant: TenantID, after revision: Revision, limit: Int
  ) -> Query<RecordedEvent> {
    Query(
      "events.decisions", tenant: tenant.value,
      sql: SQL(
        """
        SELECT revision, kind, ticket, ticket_version, queue_before, queue_after, actor, at, subject, reason, changes,
          decision, registration
        FROM events WHERE tenant = $1 AND ticket = $2 AND decision IS NOT NULL AND revision > $3
        ORDER BY revision DESC LIMIT $4
        """),
      binds: [.integer(ticket.value), .integer(revision.value), .integer(Int64(limit))], decode: decode)
  }

  /// One step through a tenant's events: at most `limit` rows after a revision, in order; nil stands for an event that
  /// touches none of the queues and registrations.
  package static func page(
    of tenant: TenantID, after revision: Revision, touching queues: Set<QueueID>,
    registrations: Set<RegistrationID> = [], limit: Int
  ) -> Query<(Revision, RecordedEvent?)> {
    Query(
      "events.page", tenant: tenant.value,
      sql: SQL(
        """
        SELECT revision, kind, ticket, ticket_version, queue_before, queue_after, actor, at, subject, reason, changes,
          decision, registration
        FROM events WHERE tenant = $1 AND revision > $2 ORDER BY revision LIMIT $3
        """),
      binds: [.integer(revision.value), .integer(Int64(limit))]
    ) { row in
      let before = try row.integerOrNull(4).map { queues.contains(QueueID($0)) } ?? false
      let after = try row.integerOrNull(5).map { queues.contains(QueueID($0)) } ?? false
      let registration = try row.integerOrNull(12).map { registrations.contains(RegistrationID($0)) } ?? false
      return (Revision(try row.integer(0)), before || after || registration ? try decode(row) : nil)
    }
  }

  private static func decode(_ row: borrowing Row) throws -> RecordedEvent {
    var event = Event(
      try row.value(1, as: Event.Kind.self), ticket: try row.integerOrNull(2).map(TicketNumber.init),
      ticketVersion: try row.integer(3), queueBefore: try row.integerOrNull(4).map(QueueID.init),
      queueAfter: try row.integerOrNull(5).map(QueueID.init), subject: try row.text(8), reason: try row.text(9))
    event.changes = try FieldChangeCoding.decode(try row.blobOrNull(10) ?? [])
    event.decision = try row.blobOrNull(11).flatMap { DecisionRecord(decoding: $0) }
    event.registration = try row.integerOrNull(12).map(RegistrationID.init)
    return RecordedEvent(
      revision: Revision(try row.integer(0)), actor: Actor(name: try row.text(6)),
      at: Timestamp(milliseconds: try row.integer(7)), event: event)
  }
}
