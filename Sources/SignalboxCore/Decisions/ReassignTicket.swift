/// Moves a ticket: internally to somebody else who may own it in its queue, or externally to another queue.
package struct ReassignTicket: Sendable {
  package enum Target: Equatable, Sendable {
    case person(String)
    case queue(String)
  }

  package var number: TicketNumber
  package var expectedVersion: Int64
  package var reason: String
  package var target: Target?
  /// Externally: the sender's organization goes on reading the ticket.
  package var refers: Bool

  package init(
    number: TicketNumber, expectedVersion: Int64, reason: String, target: Target?, refers: Bool = false
  ) {
    self.number = number
    self.expectedVersion = expectedVersion
    self.reason = reason
    self.target = target
    self.refers = refers
  }

  package func decide(in situation: Situation, given facts: TicketFacts) throws(Rejection) -> Decided<Ticket> {
    var check = FieldCheck()
    check.line("reason", reason, atMost: Limits.reasonLength)
    if target == nil { check.add("target", "is required: `to_person` or `to_queue`") }
    if case .person = target, refers { check.add("refer", "is for another queue: give `to_queue`") }
    try check.finish()
    let ticket = try facts.ticketToChange(number, expectedVersion: expectedVersion, in: situation)
    switch target {
    case .person(let handle):
      try situation.require(.reassignInternally, on: ticket)
      return try reassign(ticket, toPerson: handle, in: situation)
    case .queue(let name):
      try situation.require(.reassignExternally, on: ticket)
      return try reassign(ticket, toQueue: name, in: situation)
    case nil:
      throw Rejection(.invalidField, "`target` is required: `to_person` or `to_queue`")
    }
  }

  private func reassign(
    _ ticket: Ticket, toPerson handle: String, in situation: Situation
  ) throws(Rejection) -> Decided<Ticket> {
    let person = try situation.person(withHandle: handle)
    guard let queue = situation.configuration.queues[ticket.queue], queue.mayOwn(person, in: situation) else {
      throw Rejection(
        .notAnAgent,
        "`\(person.handle)` may not own tickets of its queue; choose one of its agents, or reassign to another queue")
    }
    guard ticket.assignee != person.id else {
      throw Rejection(.alreadyThere, "the ticket is assigned to `\(person.handle)` already")
    }
    return ticket.reassigned(to: person.id, kind: .ticketReassignedInternally, reason: reason, in: situation)
  }

  private func reassign(
    _ ticket: Ticket, toQueue name: String, in situation: Situation
  ) throws(Rejection) -> Decided<Ticket> {
    let queue = try situation.queue(named: name)
    guard queue.state == .active else {
      throw Rejection(.queueRetired, "the queue `\(name)` is retired and takes no more tickets; choose an active one")
    }
    guard ticket.queue != queue.id else { throw Rejection(.alreadyThere, "the ticket is in `\(name)` already") }
    var moved = ticket
    moved.enter(queue, in: situation)
    moved.referrers = referrers(of: ticket, leavingFor: queue, in: situation)
    moved.version += 1
    moved.updatedAt = situation.now
    var changes = [
      Event.FieldChange("queue", from: situation.configuration.queues[ticket.queue]?.name, to: queue.name)
    ]
    if ticket.assignee != moved.assignee {
      changes.append(
        Event.FieldChange("assignee", from: situation.handle(ticket.assignee), to: situation.handle(moved.assignee)))
    }
    let event = Event(
      .ticketReassignedExternally, ticket: moved.number, ticketVersion: moved.version, queueBefore: ticket.queue,
      queueAfter: queue.id, reason: reason, changes: changes)
    return Decided(
      moved,
      Plan(
        changes: [.updateTicket(moved)], event: event,
        outbox: situation.recipients(of: moved, movedTo: queue, from: ticket)))
  }
}

extension ReassignTicket {
  /// Who goes on reading the ticket: those that referred it before, and the organization it leaves if it is referred now.
  /// The one it comes to reads it anyway.
  private func referrers(of ticket: Ticket, leavingFor queue: Queue, in situation: Situation) -> [OrganizationID] {
    let sender = situation.configuration.queues[ticket.queue]?.organization
    var referrers = ticket.referrers.filter { $0 != sender && $0 != queue.organization }
    if refers, let sender, sender != queue.organization { referrers.append(sender) }
    return Array(referrers.suffix(Limits.referrersPerTicket))
  }
}

/// What is known of the ticket that a command names.
package struct TicketFacts {
  /// The tenant's ticket of that number.
  package var ticket: Ticket?
  /// Where a strategy looks for its assignee; read only where it matters.
  package var wait: TicketWait?

  package init(ticket: Ticket?, wait: TicketWait? = nil) {
    self.ticket = ticket
    self.wait = wait
  }

  /// The ticket, if the caller may browse it.
  func visibleTicket(_ number: TicketNumber, in situation: Situation) throws(Rejection) -> Ticket {
    guard let ticket, situation.access.browses(ticket) else {
      throw .notFound(.ticketNotFound, "ticket", String(number.value))
    }
    return ticket
  }

  /// The ticket, if the caller may browse it and has seen its present version.
  func ticketToChange(
    _ number: TicketNumber, expectedVersion: Int64, in situation: Situation
  ) throws(Rejection) -> Ticket {
    guard expectedVersion > 0 else {
      throw Rejection(
        .invalidField, "`expected_version` is required: the version of the ticket as you read it",
        violations: [.init(field: "expected_version", description: "is required")])
    }
    let ticket = try visibleTicket(number, in: situation)
    guard ticket.version == expectedVersion else {
      throw Rejection(
        .versionMismatch,
        "the ticket is at version \(ticket.version), not \(expectedVersion); read it again and decide again")
    }
    return ticket
  }
}

extension Situation {
  /// Both queues' watchers, and the new assignee.
  func recipients(of moved: Ticket, movedTo queue: Queue, from ticket: Ticket) -> [OutboxRecipient] {
    recipients(
      assignee: moved.assignee, watchersOf: queue,
      of: moved.assignee == ticket.assignee ? WatcherEvents(.arrivals) : WatcherEvents(.arrivals, .assignments),
      leaving: configuration.queues[ticket.queue])
  }

  func require(_ right: Right, on ticket: Ticket) throws(Rejection) {
    guard !access.may(right, on: ticket.queue) else { return }
    let queue = configuration.queues[ticket.queue]?.name ?? ""
    throw Rejection(
      .notPermitted,
      "it needs the right `\(right.name)` on queue `\(queue)`; `signalbox access explain` says which roles give it")
  }
}

extension Ticket {
  /// The ticket with a new assignee in the same queue.
  func reassigned(
    to person: PersonID, kind: Event.Kind, reason: String, in situation: Situation
  ) -> Decided<Ticket> {
    var next = self
    next.assignee = person
    next.unassignedReason = ""
    next.version += 1
    next.updatedAt = situation.now
    let change = Event.FieldChange("assignee", from: situation.handle(assignee), to: situation.handle(person))
    let event = Event(
      kind, ticket: number, ticketVersion: next.version, queueBefore: queue, queueAfter: queue, reason: reason,
      changes: [change])
    return Decided(
      next,
      Plan(
        changes: [.updateTicket(next)], event: event,
        outbox: situation.recipients(
          assignee: person, watchersOf: situation.configuration.queues[queue], of: WatcherEvents(.assignments))))
  }
}
