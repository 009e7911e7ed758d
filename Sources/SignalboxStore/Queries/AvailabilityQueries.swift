package import SignalboxCore

/// What people take on, and what they have.
package enum AvailabilityQueries {
  static func delete(of person: PersonID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "availabilities.delete", tenant: tenant.value,
      sql: SQL("DELETE FROM availabilities WHERE tenant = $1 AND person = $2"), binds: [.integer(person.value)])
  }

  static func insert(_ availability: Availability, of person: PersonID, _ tenant: TenantID) -> Query<Void> {
    Query(
      "availabilities.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO availabilities (tenant, person, presence, since, capacity, skills) VALUES ($1, $2, $3, $4, $5, $6)
        """),
      binds: [
        .integer(person.value), availability.stated.map { .text($0.rawValue) } ?? .null,
        SQLValue(availability.since?.milliseconds), SQLValue(availability.capacity.map(Int64.init)),
        .text(availability.skills.joined(separator: "\n")),
      ])
  }

  /// From the columns presence, since, capacity and skills, all of them null where nothing was ever said.
  static func decode(_ row: borrowing Row, from column: Int) throws -> Availability {
    guard let skills = try row.textOrNull(column + 3) else { return Availability() }
    var presence: Availability.Presence?
    if let text = try row.textOrNull(column) {
      guard let known = Availability.Presence(rawValue: text) else {
        throw row.corrupt("column \(column) is no presence")
      }
      presence = known
    }
    return Availability(
      stated: presence, since: try row.integerOrNull(column + 1).map(Timestamp.init(milliseconds:)),
      capacity: try row.integerOrNull(column + 2).map(Int.init),
      skills: skills.split(separator: "\n").map(String.init))
  }

  /// What somebody has open, in all queues.
  package struct Workload: Equatable, Sendable {
    package var tickets = 0
    /// Weighed by priority, with what is offered.
    package var units = 0

    package init(tickets: Int = 0, units: Int = 0) {
      self.tickets = tickets
      self.units = units
    }
  }

  /// Costs as much as the person has open, whatever it had before.
  ///
  /// - Parameter ticket: does not count.
  package static func workload(
    of person: PersonID, beside ticket: TicketNumber? = nil, _ tenant: TenantID, in snapshot: any Snapshot
  ) throws -> Workload {
    // No ticket has the number 0.
    let except = SQLValue.integer(ticket?.value ?? 0)
    let counts = Query(
      "tickets.workload", tenant: tenant.value,
      sql: SQL(
        """
        SELECT priority, count(*) FROM tickets
        WHERE tenant = $1 AND assignee = $2 AND status < 4 AND number <> $3
        GROUP BY priority
        """),
      binds: [.integer(person.value), except]
    ) { row in (try row.value(0, as: Ticket.Priority.self), Int(try row.integer(1))) }
    let offers = Query(
      "tickets.offered_workload", tenant: tenant.value,
      sql: SQL(
        """
        SELECT t.priority, count(*) FROM ticket_waits w JOIN tickets t ON t.tenant = w.tenant AND t.number = w.ticket
        WHERE w.tenant = $1 AND w.offered_to = $2 AND w.ticket <> $3 GROUP BY t.priority
        """),
      binds: [.integer(person.value), except]
    ) { row in (try row.value(0, as: Ticket.Priority.self), Int(try row.integer(1))) }
    var load = Workload()
    for (priority, count) in try snapshot.all(counts) {
      load.tickets += count
      load.units += count * priority.units
    }
    for (priority, count) in try snapshot.all(offers) { load.units += count * priority.units }
    return load
  }
}
