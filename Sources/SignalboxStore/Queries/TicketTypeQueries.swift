import SignalboxCore

/// Ticket types with their fields.
enum TicketTypeQueries {
  /// Writes all of a tenant's anew.
  static func put(_ types: [TicketType], of tenant: TenantID, in transaction: any Transaction) throws {
    try transaction.run(
      Query<Void>(
        "ticket_types.delete", tenant: tenant.value, sql: SQL("DELETE FROM ticket_types WHERE tenant = $1")))
    try transaction.run(
      Query<Void>(
        "ticket_types.delete_fields", tenant: tenant.value,
        sql: SQL("DELETE FROM ticket_type_fields WHERE tenant = $1")))
    for (place, type) in types.enumerated() {
      try transaction.run(
        Query<Void>(
          "ticket_types.insert", tenant: tenant.value,
          sql: SQL(
            "INSERT INTO ticket_types (tenant, position, name, display_name, ends_in) VALUES ($1, $2, $3, $4, $5)"),
          binds: [
            .integer(Int64(place)), .text(type.name), .text(type.displayName),
            .text(type.endsIn.map { String($0.rawValue) }.joined(separator: " ")),
          ]))
      for (position, field) in type.fields.enumerated() {
        try transaction.run(insert(field, at: position, ofType: place, tenant))
      }
    }
  }

  private static func insert(
    _ field: TicketType.Field, at position: Int, ofType type: Int, _ tenant: TenantID
  ) -> Query<Void> {
    Query(
      "ticket_types.insert_field", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO ticket_type_fields (tenant, ticket_type, position, name, kind, required, options)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """),
      binds: [
        .integer(Int64(type)), .integer(Int64(position)), .text(field.name), .text(field.kind?.rawValue ?? ""),
        SQLValue(field.isRequired), .text(field.options.joined(separator: "\n")),
      ])
  }

  static func types(of tenant: TenantID, in snapshot: any Snapshot) throws -> [TicketType] {
    var types = try snapshot.all(
      Query(
        "ticket_types.all", tenant: tenant.value,
        sql: SQL("SELECT name, display_name, ends_in FROM ticket_types WHERE tenant = $1 ORDER BY position")
      ) { row in
        TicketType(
          name: try row.text(0), displayName: try row.text(1), fields: [], endsIn: try statuses(row, in: 2))
      })
    let fields = Query(
      "ticket_types.fields", tenant: tenant.value,
      sql: SQL(
        """
        SELECT ticket_type, name, kind, required, options FROM ticket_type_fields
        WHERE tenant = $1 ORDER BY ticket_type, position
        """)
    ) { row in
      let options = try row.text(4)
      let field = TicketType.Field(
        name: try row.text(1), kind: try row.value(2, as: TicketType.Field.Kind.self), isRequired: try row.flag(3),
        options: options.isEmpty ? [] : options.split(separator: "\n").map(String.init))
      return (Int(try row.integer(0)), field)
    }
    for (type, field) in try snapshot.all(fields) where types.indices.contains(type) {
      types[type].fields.append(field)
    }
    return types
  }

  private static func statuses(_ row: borrowing Row, in column: Int) throws -> [Ticket.Status] {
    var statuses: [Ticket.Status] = []
    for word in try row.text(column).split(separator: " ") {
      guard let status = Int64(word).flatMap(Ticket.Status.init(rawValue:)) else {
        throw row.corrupt("column \(column) does not list statuses")
      }
      statuses.append(status)
    }
    return statuses
  }
}
