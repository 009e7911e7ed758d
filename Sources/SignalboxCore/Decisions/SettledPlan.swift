extension Plan {
  /// With what follows for a ticket from being changed, whoever changes it: rules of `escalate` look at it anew, and once a
  /// person has acted on it rules that were stopped may move it again.
  package func settled(in situation: Situation) -> Plan {
    let escalates = situation.configuration.rules?.escalates ?? false
    let frees = actor == nil && situation.principal.person != nil && ticket?.placement.isStopped == true
    guard escalates || frees else { return self }
    var plan = self
    plan.changeTicket { ticket in
      if escalates { ticket.escalateAt = ticket.status.isActive ? situation.now : nil }
      if frees { ticket.placement.release() }
    }
    return plan
  }

  /// The ticket as the plan leaves it.
  package var ticket: Ticket? {
    for change in changes {
      switch change {
      case .insertTicket(let ticket), .updateTicket(let ticket), .editTicket(let ticket): return ticket
      default: continue
      }
    }
    return nil
  }

  mutating func reschedule(to instant: Timestamp?) {
    changeTicket { $0.escalateAt = instant }
  }

  private mutating func changeTicket(_ body: (inout Ticket) -> Void) {
    for place in changes.indices {
      switch changes[place] {
      case .insertTicket(var ticket):
        body(&ticket)
        changes[place] = .insertTicket(ticket)
      case .updateTicket(var ticket):
        body(&ticket)
        changes[place] = .updateTicket(ticket)
      case .editTicket(var ticket):
        body(&ticket)
        changes[place] = .editTicket(ticket)
      default: continue
      }
    }
  }
}
