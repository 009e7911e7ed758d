/// A tenant admin closes a queue. Refused while something still leads into it or waits in it, unless a redirect says
/// where that goes: the open tickets move there, and what still names the queue leads there.
package struct RetireQueue: Sendable {
  package var name: String
  /// Name of an active queue; empty for none.
  package var redirectTo: String

  package init(name: String, redirectTo: String = "") {
    self.name = name
    self.redirectTo = redirectTo
  }

  package struct Facts {
    /// Active tickets in the queue, without bodies; one more than may be moved at once is enough.
    package var activeTickets: [Ticket]

    package init(activeTickets: [Ticket]) {
      self.activeTickets = activeTickets
    }
  }

  package struct Outcome {
    package var queue: Queue
    /// A plan for each ticket that moves, to be committed after that of the retirement.
    package var moves: [Plan]
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<Outcome> {
    var queue = try situation.queue(named: name)
    guard queue.state == .active else { throw Rejection(.queueRetired, "the queue `\(name)` was retired before") }
    queue.state = .retired
    var changes = [
      Event.FieldChange("state", from: Queue.State.active.rawValue, to: Queue.State.retired.rawValue)
    ]
    var moves: [Plan] = []
    if redirectTo.isEmpty {
      try checkThatNothingLeads(to: queue, facts, in: situation)
    } else {
      let target = try target(of: queue, in: situation)
      queue.redirect = target.id
      changes.append(Event.FieldChange("redirect", from: nil, to: target.name))
      moves = try self.moves(facts.activeTickets, from: queue, to: target, in: situation)
    }
    return Decided(
      Outcome(queue: queue, moves: moves),
      Plan(
        changes: [.updateQueueState(queue)],
        event: Event(.queueRetired, queueBefore: queue.id, subject: name, changes: changes)))
  }

  private func checkThatNothingLeads(
    to queue: Queue, _ facts: Facts, in situation: Situation
  ) throws(Rejection) {
    let configuration = situation.configuration
    // A rule may name a queue that was retired before and leads here.
    let places = ([queue] + configuration.queues(leadingTo: queue.id))
      .flatMap { configuration.rules?.places(thatRouteTo: $0.name) ?? [] }
    var reasons: [String] = []
    if !places.isEmpty { reasons.append("the active rule set routes to it: \(Rejection.listed(places))") }
    if !facts.activeTickets.isEmpty {
      reasons.append("tickets wait in it: \(Rejection.listed(facts.activeTickets.map { "#\($0.number.value)" }))")
    }
    guard !reasons.isEmpty else { return }
    throw Rejection(
      .queueInUse,
      "`\(name)` is in use: \(reasons.joined(separator: "; ")); change these first, or retire it with a redirect")
  }

  private func target(of queue: Queue, in situation: Situation) throws(Rejection) -> Queue {
    let target = try situation.queue(named: redirectTo)
    guard target.id != queue.id else {
      throw Rejection(
        .invalidField, "`redirect_to` is the queue itself; name another one",
        violations: [.init(field: "redirect_to", description: "is the queue itself")])
    }
    // The target is active and an active queue has no redirect, also one that a document has named again, so redirects
    // never come round to where they began.
    guard target.state == .active else {
      throw Rejection(.queueRetired, "the queue `\(target.name)` is retired and takes no tickets; choose an active one")
    }
    guard situation.configuration.redirectDepth(of: queue.id) < Limits.redirectHops else {
      throw Rejection(
        .queueInUse,
        "queues that were retired before lead to `\(name)` over \(Limits.redirectHops) redirects, which is as long as a "
          + "chain may be; put rules that name active queues, then retire it without a redirect")
    }
    return target
  }

  private func moves(
    _ tickets: [Ticket], from queue: Queue, to target: Queue, in situation: Situation
  ) throws(Rejection) -> [Plan] {
    guard tickets.count <= Limits.ticketsPerRedirect else {
      throw Rejection(
        .queueInUse,
        "more than \(Limits.ticketsPerRedirect) tickets wait in `\(name)`, which is more than move at once; reassign or "
          + "close some first")
    }
    return tickets.map { ticket in
      var moved = ticket
      moved.enter(target, in: situation)
      // Who retires a queue chooses nothing for its tickets.
      moved.placement.isChosen = ticket.placement.isChosen
      moved.version += 1
      moved.updatedAt = situation.now
      var changes = [Event.FieldChange("queue", from: queue.name, to: target.name)]
      if ticket.assignee != moved.assignee {
        changes.append(
          Event.FieldChange("assignee", from: situation.handle(ticket.assignee), to: situation.handle(moved.assignee)))
      }
      return Plan(
        changes: [.updateTicket(moved)],
        event: Event(
          .ticketReassignedExternally, ticket: moved.number, ticketVersion: moved.version, queueBefore: queue.id,
          queueAfter: target.id, reason: "the queue `\(queue.name)` was retired", changes: changes),
        outbox: situation.recipients(of: moved, movedTo: target, from: ticket))
    }
  }
}

extension TenantConfiguration {
  /// Retired queues whose redirect ends, or passes, here.
  func queues(leadingTo queue: QueueID) -> [Queue] {
    var found: [Queue] = []
    var targets: Set<QueueID> = [queue]
    // Each round takes the redirects one step further back.
    for _ in 0...Limits.redirectHops {
      let next = queues.values.filter { $0.redirect.map(targets.contains) ?? false }.sorted {
        $0.id.value < $1.id.value
      }
      guard !next.isEmpty else { break }
      found += next
      targets = Set(next.map(\.id))
    }
    return found
  }

  /// Length of the longest chain of redirects that ends in the queue.
  func redirectDepth(of queue: QueueID) -> Int {
    var depth = 0
    var targets: Set<QueueID> = [queue]
    while depth < Limits.redirectHops {
      let next = queues.values.filter { $0.redirect.map(targets.contains) ?? false }
      guard !next.isEmpty else { break }
      targets = Set(next.map(\.id))
      depth += 1
    }
    return depth
  }
}
