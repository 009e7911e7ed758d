import SignalboxCore

/// What rules know and make of a ticket, as columns: type, due_at, queue_since, previous_queue, handoffs,
/// queue_chosen_by_person, rule_moves, rules_stopped, comments, escalate_at, escalations.
enum TicketRuleColumns {
  static func values(of ticket: Ticket) -> [SQLValue] {
    let placement = ticket.placement
    let escalations =
      ticket.escalations.isEmpty ? "" : TicketFieldCoding.encode(ticket.escalations.mapValues { "\($0)" })
    return [
      .text(ticket.type), SQLValue(ticket.dueAt?.milliseconds), .integer(placement.since.milliseconds),
      SQLValue(placement.previous?.value), .integer(Int64(placement.handoffs)), SQLValue(placement.isChosen),
      .text(placement.ruleMoves.map { String($0.milliseconds) }.joined(separator: " ")),
      SQLValue(placement.isStopped), .integer(Int64(ticket.commentCount)), SQLValue(ticket.escalateAt?.milliseconds),
      .text(escalations),
    ]
  }

  /// - Parameter column: the first of them.
  static func read(_ row: borrowing Row, from column: Int, into ticket: inout Ticket) throws {
    ticket.type = try row.text(column)
    ticket.dueAt = try row.integerOrNull(column + 1).map(Timestamp.init(milliseconds:))
    var placement = TicketPlacement(
      since: try row.integerOrNull(column + 2).map(Timestamp.init(milliseconds:)) ?? ticket.createdAt,
      previous: try row.integerOrNull(column + 3).map(QueueID.init), handoffs: Int(try row.integer(column + 4)),
      isChosen: try row.integer(column + 5) != 0, isStopped: try row.integer(column + 7) != 0)
    for word in try row.text(column + 6).split(separator: " ") {
      guard let instant = Int64(word) else { throw row.corrupt("column \(column + 6) does not list instants") }
      placement.ruleMoves.append(Timestamp(milliseconds: instant))
    }
    ticket.placement = placement
    ticket.commentCount = Int(try row.integer(column + 8))
    ticket.escalateAt = try row.integerOrNull(column + 9).map(Timestamp.init(milliseconds:))
    let escalations = try row.text(column + 10)
    guard !escalations.isEmpty else { return }
    guard let counts = TicketFieldCoding.decode(escalations) else {
      throw row.corrupt("column \(column + 10) does not count escalations")
    }
    ticket.escalations = counts.compactMapValues { Int($0) }
  }
}
