package import SignalboxCore

/// What people wrote on tickets. The number is the revision that made it.
package enum CommentQueries {
  static func insert(_ comment: TicketComment, of tenant: TenantID) -> Query<Void> {
    Query(
      "comments.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO ticket_comments (tenant, ticket, number, author, at, internal, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """),
      binds: [
        .integer(comment.ticket.value), .integer(comment.number.value), .text(comment.author.name),
        .integer(comment.at.milliseconds), SQLValue(comment.isInternal), .text(comment.body),
      ])
  }

  /// Rows of one read. Each may have `Limits.commentBytes`, so few are in memory that the page has no room for.
  private static let rowsPerRead = 16

  /// What was written on the ticket after a number, oldest first: at most `limit`, and no more once their texts have
  /// `byteLimit` bytes.
  ///
  /// - Parameter withNotes: false: only what the requester may read.
  package static func page(
    of ticket: TicketNumber, tenant: TenantID, after number: Int64, withNotes: Bool, limit: Int, byteLimit: Int,
    in snapshot: any Snapshot
  ) throws -> Page {
    var page = Page(comments: [], next: nil)
    var position = number
    var bytes = 0
    while true {
      let size = min(rowsPerRead, limit + 1 - page.comments.count)
      let rows = try snapshot.all(comments(on: ticket, tenant, after: position, withNotes: withNotes, limit: size))
      for comment in rows {
        bytes += comment.body.utf8.count
        if page.comments.count == limit || (bytes > byteLimit && !page.comments.isEmpty) {
          page.next = position
          return page
        }
        page.comments.append(comment)
        position = comment.number.value
      }
      if rows.count < size { return page }
    }
  }

  package struct Page: Sendable {
    package var comments: [TicketComment]
    /// `after` of the next page; nil at the end.
    package var next: Int64?
  }

  private static func comments(
    on ticket: TicketNumber, _ tenant: TenantID, after number: Int64, withNotes: Bool, limit: Int
  ) -> Query<TicketComment> {
    Query(
      "comments.page", tenant: tenant.value,
      sql: SQL(
        """
        SELECT number, author, at, internal, body FROM ticket_comments
        WHERE tenant = $1 AND ticket = $2 AND number > $3 AND internal <= $4 ORDER BY number LIMIT $5
        """),
      binds: [.integer(ticket.value), .integer(number), SQLValue(withNotes), .integer(Int64(limit))]
    ) { row in
      TicketComment(
        number: CommentNumber(try row.integer(0)), ticket: ticket, author: Actor(name: try row.text(1)),
        at: Timestamp(milliseconds: try row.integer(2)), isInternal: try row.flag(3), body: try row.text(4))
    }
  }
}
