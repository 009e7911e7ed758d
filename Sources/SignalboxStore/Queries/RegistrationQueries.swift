package import SignalboxCore

/// Registrations of queues. The id is the queue's.
package enum RegistrationQueries {
  static func insert(_ registration: QueueRegistration, of tenant: TenantID) -> Query<Void> {
    Query(
      "registrations.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO queue_registrations (tenant, id, state, asked_by, asked_at, answer, additional)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """),
      binds: [
        .integer(registration.id.value), .text(registration.state.rawValue),
        .text(registration.askedBy.name), .integer(registration.askedAt.milliseconds), .text(registration.answer),
        SQLValue(registration.isAdditional),
      ])
  }

  static func update(_ registration: QueueRegistration, of tenant: TenantID) -> Query<Void> {
    Query(
      "registrations.update", tenant: tenant.value,
      sql: SQL(
        """
        UPDATE queue_registrations SET state = $2, decided_by = $3, decided_at = $4, answer = $5, additional = $6
        WHERE tenant = $1 AND id = $7
        """),
      binds: [
        .text(registration.state.rawValue), SQLValue(registration.decidedBy?.name),
        SQLValue(registration.decidedAt?.milliseconds), .text(registration.answer),
        SQLValue(registration.isAdditional), .integer(registration.id.value),
      ])
  }

  package static func registration(
    _ id: RegistrationID, of tenant: TenantID, in snapshot: any Snapshot
  ) throws -> QueueRegistration? {
    try registrations(of: tenant, after: id.value - 1, state: nil, limit: 1, in: snapshot)
      .first { $0.id == id }
  }

  /// Registrations after an id, in the order of asking.
  package static func registrations(
    of tenant: TenantID, after id: Int64, state: QueueRegistration.State?, limit: Int, in snapshot: any Snapshot
  ) throws -> [QueueRegistration] {
    let all = SQL(
      """
      SELECT q.id, q.name, q.kind, q.organization, q.description, q.default_assignee,
        r.state, r.asked_by, r.asked_at, r.decided_by, r.decided_at, r.answer, r.additional
      FROM queue_registrations r JOIN queues q ON q.tenant = r.tenant AND q.id = r.id
      WHERE r.tenant = $1 AND r.id > $2 ORDER BY r.id LIMIT $3
      """)
    let inState = SQL(
      """
      SELECT q.id, q.name, q.kind, q.organization, q.description, q.default_assignee,
        r.state, r.asked_by, r.asked_at, r.decided_by, r.decided_at, r.answer, r.additional
      FROM queue_registrations r JOIN queues q ON q.tenant = r.tenant AND q.id = r.id
      WHERE r.tenant = $1 AND r.id > $2 AND r.state = $4 ORDER BY r.id LIMIT $3
      """)
    let binds: [SQLValue] = [.integer(id), .integer(Int64(limit))]
    let query = Query(
      "registrations.page", tenant: tenant.value, sql: state == nil ? all : inState,
      binds: binds + (state.map { [.text($0.rawValue)] } ?? [])
    ) { row in
      QueueRegistration(
        id: RegistrationID(try row.integer(0)), state: try row.value(6, as: QueueRegistration.State.self),
        queue: try QueueQueries.decode(row, state: .active), isAdditional: try row.flag(12),
        askedBy: Actor(name: try row.text(7)),
        askedAt: Timestamp(milliseconds: try row.integer(8)), decidedBy: try row.textOrNull(9).map(Actor.init(name:)),
        decidedAt: try row.integerOrNull(10).map(Timestamp.init(milliseconds:)), answer: try row.text(11))
    }
    var registrations = try snapshot.all(query)
    for place in registrations.indices {
      let queue = registrations[place].queue
      registrations[place].queue =
        try QueueQueries.complete([queue], of: tenant, in: snapshot).first ?? queue
    }
    return registrations
  }

  /// People with a good token of a tenant admin that is not limited, at most `limit`.
  package static func administrators(of tenant: TenantID, at now: Timestamp, limit: Int) -> Query<PersonID> {
    Query(
      "registrations.administrators", tenant: tenant.value,
      sql: SQL(
        """
        SELECT DISTINCT person FROM tokens
        WHERE tenant = $1 AND role = $2 AND revoked = 0 AND verbs = '' AND person IS NOT NULL
          AND (expires_at IS NULL OR expires_at > $3)
        ORDER BY person LIMIT $4
        """),
      binds: [.text(Role.tenantAdmin.rawValue), .integer(now.milliseconds), .integer(Int64(limit))]
    ) { row in PersonID(try row.integer(0)) }
  }
}
