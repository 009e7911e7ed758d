package import SignalboxCore

/// What past tickets said, for counting.
package enum PastTicketQueries {
  /// Rows of one read.
  private static let pageSize = 50

  /// Gives the texts of the tenant's newest tickets to `look`, newest first: at most `limit` tickets, and no more once
  /// they have had `byteLimit` bytes. Tickets without words cost no less, so both are needed.
  package static func each(
    of tenant: TenantID, newest limit: Int, byteLimit: Int, in snapshot: any Snapshot,
    _ look: (_ subject: String, _ body: String) -> Void
  ) throws {
    var before = Int64.max
    var rest = limit
    var bytes = 0
    while rest > 0, bytes < byteLimit {
      let size = min(pageSize, rest)
      let rows = try snapshot.all(page(of: tenant, before: before, limit: size))
      for row in rows {
        guard bytes < byteLimit else { return }
        bytes += row.subject.utf8.count + row.body.utf8.count
        look(row.subject, row.body)
        before = row.number
      }
      guard rows.count == size else { return }
      rest -= size
    }
  }

  private static func page(
    of tenant: TenantID, before: Int64, limit: Int
  ) -> Query<(number: Int64, subject: String, body: String)> {
    Query(
      "tickets.past_texts", tenant: tenant.value,
      sql: SQL(
        """
        SELECT number, subject, body FROM tickets WHERE tenant = $1 AND number < $2 ORDER BY number DESC LIMIT $3
        """),
      binds: [.integer(before), .integer(Int64(limit))]
    ) { row in (try row.integer(0), try row.text(1), try row.text(2)) }
  }
}
