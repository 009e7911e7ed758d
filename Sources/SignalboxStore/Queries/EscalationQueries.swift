package import SignalboxCore

/// Tickets for which rules of `escalate` are to be run.
package enum EscalationQueries {
  /// The next tenant with a ticket whose time has come.
  package static func dueTenant(after tenant: TenantID, at now: Timestamp) -> Query<TenantID> {
    Query(
      acrossTenants: "tickets.next_escalating_tenant",
      sql: SQL(
        """
        SELECT tenants.id FROM tenants
        WHERE tenants.id > $1 AND EXISTS (
          SELECT 1 FROM tickets WHERE tickets.tenant = tenants.id AND tickets.escalate_at <= $2)
        ORDER BY tenants.id LIMIT 1
        """),
      binds: [.integer(tenant.value), .integer(now.milliseconds)]
    ) { row in TenantID(try row.integer(0)) }
  }

  /// Those whose time has come, the longest ago first.
  package static func due(of tenant: TenantID, at now: Timestamp, limit: Int) -> Query<TicketNumber> {
    Query(
      "tickets.escalating", tenant: tenant.value,
      sql: SQL(
        """
        SELECT number FROM tickets WHERE tenant = $1 AND escalate_at <= $2 ORDER BY escalate_at, number LIMIT $3
        """),
      binds: [.integer(now.milliseconds), .integer(Int64(limit))]
    ) { row in TicketNumber(try row.integer(0)) }
  }

  /// No change of the ticket: nobody but the timer looks at it.
  package static func reschedule(
    _ ticket: TicketNumber, to instant: Timestamp?, of tenant: TenantID
  ) -> Query<Void> {
    Query(
      "tickets.reschedule", tenant: tenant.value,
      sql: SQL("UPDATE tickets SET escalate_at = $2 WHERE tenant = $1 AND number = $3"),
      binds: [SQLValue(instant?.milliseconds), .integer(ticket.value)])
  }

  // MARK: Sweeps

  static func beginSweep(of tenant: TenantID) -> Query<Void> {
    Query(
      "escalation_sweeps.begin", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO escalation_sweeps (tenant, ticket) VALUES ($1, 0) ON CONFLICT (tenant) DO UPDATE SET ticket = 0
        """),
      binds: [])
  }

  package static func nextSweep(after tenant: TenantID) -> Query<TenantID> {
    Query(
      acrossTenants: "escalation_sweeps.next",
      sql: SQL("SELECT tenant FROM escalation_sweeps WHERE tenant > $1 ORDER BY tenant LIMIT 1"),
      binds: [.integer(tenant.value)]
    ) { row in TenantID(try row.integer(0)) }
  }

  /// One step: the next tickets that are active are to be looked at now. False if it was the last.
  package static func sweep(
    _ tenant: TenantID, at now: Timestamp, limit: Int, in transaction: any Transaction
  ) throws -> Bool {
    let position = Query(
      "escalation_sweeps.get", tenant: tenant.value,
      sql: SQL("SELECT ticket FROM escalation_sweeps WHERE tenant = $1"), binds: []
    ) { row in try row.integer(0) }
    guard let first = try transaction.first(position) else { return false }
    let end = Query(
      "tickets.sweep_end", tenant: tenant.value,
      sql: SQL("SELECT number FROM tickets WHERE tenant = $1 AND number > $2 ORDER BY number LIMIT 1 OFFSET $3"),
      binds: [.integer(first), .integer(Int64(limit - 1))]
    ) { row in try row.integer(0) }
    let last = try transaction.first(end)
    try transaction.run(
      Query<Void>(
        "tickets.sweep", tenant: tenant.value,
        sql: SQL(
          """
          UPDATE tickets SET escalate_at = $2 WHERE tenant = $1 AND number > $3 AND number <= $4 AND status < 4
          """),
        binds: [.integer(now.milliseconds), .integer(first), .integer(last ?? Int64.max)]))
    guard let last else {
      try transaction.run(endSweep(of: tenant))
      return false
    }
    try transaction.run(
      Query<Void>(
        "escalation_sweeps.move", tenant: tenant.value,
        sql: SQL("UPDATE escalation_sweeps SET ticket = $2 WHERE tenant = $1"), binds: [.integer(last)]))
    return true
  }

  package static func endSweep(of tenant: TenantID) -> Query<Void> {
    Query(
      "escalation_sweeps.end", tenant: tenant.value, sql: SQL("DELETE FROM escalation_sweeps WHERE tenant = $1"),
      binds: [])
  }
}
