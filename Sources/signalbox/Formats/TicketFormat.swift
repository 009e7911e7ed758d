import SignalboxClient

enum TicketFormat {
  static func one(_ ticket: Ticket) -> Shown {
    .one(ticket, id: "\(ticket.number)") { style in
      var sheet = FactSheet()
      sheet.add("ticket", "\(ticket.number)")
      sheet.add("subject", ticket.subject)
      sheet.add("status", ticket.status.word)
      sheet.add("priority", ticket.priority.word)
      sheet.add("queue", ticket.queue)
      sheet.add("assignee", assignee(ticket))
      sheet.add("requester", ticket.requester)
      sheet.add("channel", ticket.channel)
      sheet.add("type", ticket.type)
      sheet.add("category", ticket.category)
      sheet.add("resource", ticket.resource)
      sheet.add("tags", ticket.tags)
      for (name, value) in ticket.fields.sorted(by: { $0.key < $1.key }) { sheet.add("fields.\(name)", value) }
      sheet.add("due", Instant.text(milliseconds: ticket.dueAtMs))
      sheet.add("created", Instant.text(milliseconds: ticket.createdAtMs))
      sheet.add("updated", Instant.text(milliseconds: ticket.updatedAtMs))
      sheet.add("version", "\(ticket.version)")
      let body = ticket.body.isEmpty ? "" : "\n\(SafeText.block(ticket.body))\n"
      return sheet.rendered(style) + body
    }
  }

  static func many(_ tickets: [Ticket]) -> Shown {
    .many(tickets, id: { "\($0.number)" }) { style in
      var table = Table("NUMBER", "STATUS", "PRIORITY", "QUEUE", "ASSIGNEE", "CREATED", "SUBJECT")
      for ticket in tickets {
        table.add(
          "\(ticket.number)", ticket.status.word, ticket.priority.word, ticket.queue, ticket.assignee,
          Instant.text(milliseconds: ticket.createdAtMs), ticket.subject)
      }
      return table.rendered(style)
    }
  }

  /// What became of a new ticket, in the same columns for every ticket: number, queue, assignee, why.
  static func created(_ response: CreateTicketResponse) -> String {
    let assignee = response.assignee.isEmpty ? "unassigned" : SafeText.line(response.assignee)
    return [
      "\(response.number)".padded(to: 8), SafeText.line(response.queue).padded(to: 30), assignee.padded(to: 14),
      DecisionFormat.summary(response.decision),
    ].joined(separator: "  ")
  }

  /// Who has a ticket after a strategy was asked, or why nobody has.
  static func whereabouts(of ticket: Ticket, dryRun: Bool) -> String {
    let place = "ticket \(ticket.number) of queue `\(ticket.queue)` \(dryRun ? "would be" : "is")"
    return ticket.assignee.isEmpty
      ? "\(place) unassigned: \(ticket.unassignedReason)" : "\(place) assigned to \(ticket.assignee)"
  }

  private static func assignee(_ ticket: Ticket) -> String {
    if !ticket.assignee.isEmpty { return ticket.assignee }
    return ticket.unassignedReason.isEmpty ? "nobody" : "nobody: \(ticket.unassignedReason)"
  }
}
