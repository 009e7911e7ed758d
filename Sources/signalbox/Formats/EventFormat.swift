import SignalboxClient

enum EventFormat {
  static func history(_ events: [Event]) -> Shown {
    .many(events, id: { "\($0.revision)" }) { style in
      var table = Table("TIME", "VERSION", "WHAT", "WHO", "FROM → TO", "REASON")
      for event in events {
        table.add(
          Instant.text(milliseconds: event.atMs), "\(event.ticketVersion)", what(event), event.actor, changes(event),
          reason(event))
      }
      return table.rendered(style)
    }
  }

  /// Comments are among the events, with their text as the reason.
  static func registration(_ events: [Event]) -> Shown {
    .many(events, id: { "\($0.revision)" }) { style in
      var table = Table("TIME", "WHAT", "WHO", "FROM → TO", "REASON")
      for event in events {
        let what = event.kind.split(separator: ".").last.map(String.init) ?? ""
        table.add(
          Instant.text(milliseconds: event.atMs), what.replacing("_", with: " "), event.actor, changes(event),
          reason(event))
      }
      return table.rendered(style)
    }
  }

  /// An event of a watch: time, ticket, what, from → to, who, reason. Without a line break.
  static func line(_ event: Event, _ style: TextStyle) -> String {
    let about = event.ticket == 0 ? SafeText.line(event.subject) : "#\(event.ticket)"
    var parts = [style.dim(Instant.text(milliseconds: event.atMs)), style.bold(about), SafeText.line(what(event))]
    let changes = SafeText.line(changes(event))
    if !changes.isEmpty { parts.append(changes) }
    if !event.actor.isEmpty { parts.append("by \(SafeText.line(event.actor))") }
    let reason = SafeText.line(reason(event))
    if !reason.isEmpty { parts.append(style.dim("(\(reason))")) }
    return parts.joined(separator: "  ")
  }

  /// `ticket.reassigned_externally` as `reassigned externally`; what is not about a ticket keeps its noun.
  static func what(_ event: Event) -> String {
    var kind = event.kind
    if event.ticket != 0, kind.hasPrefix("ticket.") { kind.removeFirst("ticket.".count) }
    return String(kind.map { $0 == "_" || $0 == "." ? " " : $0 })
  }

  private static func changes(_ event: Event) -> String {
    event.changes.map { change in
      let before = change.before.isEmpty ? "none" : change.before
      let after = change.after.isEmpty ? "none" : change.after
      return "\(change.field) \(before) → \(after)"
    }.joined(separator: ", ")
  }

  private static func reason(_ event: Event) -> String {
    event.reason.isEmpty && event.hasDecision ? DecisionFormat.summary(event.decision) : event.reason
  }
}
