/// What a strategy made of a ticket.
package struct StrategyAssignment: Equatable, Sendable {
  /// To be committed after the change of the ticket itself.
  package var changes: [Change] = []
  /// Nil where nobody was picked among many: a named person, or nobody at all.
  package var assignment: Assignment?
  package var offer: TicketWait.Offer?

  package init(
    changes: [Change] = [], assignment: Assignment? = nil, offer: TicketWait.Offer? = nil
  ) {
    self.changes = changes
    self.assignment = assignment
    self.offer = offer
  }
}

extension StrategyAssignment {
  /// Whom the strategy picked and who could not have it, for the record of the decision that asked for it.
  var notes: [String] { (assignment?.reason).map { ["assignment: \($0)"] } ?? [] }
}

extension Ticket {
  /// Gives a ticket that nobody has to whom the strategy picks in its queue, offers it, or lets it wait; where nobody has
  /// it afterwards, the ticket says why. Rules, people and timers assign by this. One that is solved or closed waits for
  /// nobody among many.
  ///
  /// - Parameters:
  ///   - facts: of the strategy's pool in the ticket's queue; looked at for a pool only.
  ///   - declined: those who were offered the ticket already.
  package mutating func assign(
    by strategy: AssignmentStrategy, in situation: Situation, given facts: RosterFacts, declined: [PersonID] = []
  ) -> StrategyAssignment {
    guard let queue = situation.configuration.queues[queue] else { return StrategyAssignment() }
    switch strategy {
    case .defaultAssignee:
      (assignee, unassignedReason) = queue.assignment(in: situation)
      return StrategyAssignment()
    case .person(let handle):
      (assignee, unassignedReason) =
        situation.configuration.person(withHandle: handle).map { queue.assignment(to: $0.id, in: situation) }
        ?? (nil, "nobody has the handle `\(handle)` any more")
      return StrategyAssignment()
    case .unassigned:
      (assignee, unassignedReason) = (nil, "left to whoever takes it")
      return StrategyAssignment()
    case .pool(let pool):
      guard status.isActive else {
        (assignee, unassignedReason) = (nil, "it is \(status.name), so nobody is looked for")
        return StrategyAssignment()
      }
      return pick(by: pool, in: queue, situation, facts, declined)
    }
  }

  private mutating func pick(
    by strategy: PoolStrategy, in queue: Queue, _ situation: Situation, _ facts: RosterFacts, _ declined: [PersonID]
  ) -> StrategyAssignment {
    let roster = Roster(of: strategy.members, in: queue, given: facts, in: situation)
    let assignment = strategy.choose(from: roster, for: self, at: situation.now, declined: Set(declined))
    var result = StrategyAssignment(assignment: assignment)
    var wait = TicketWait(ticket: number, queue: queue.id, strategy: strategy, declined: declined)
    switch assignment.outcome {
    case .person(let person):
      (assignee, unassignedReason) = (person, "")
      result.changes = [.notePick(Pick(person, in: queue.id, at: situation.now))]
    case .offer(let person, let until):
      let offer = TicketWait.Offer(to: person, until: until)
      let span = PoolStrategy.span(until.milliseconds - situation.now.milliseconds)
      (assignee, unassignedReason) = (
        nil, "offered to `\(situation.handle(person) ?? "")` for \(span): \(assignment.reason)"
      )
      wait.offer = offer
      result.offer = offer
      // An offer counts as if it were accepted, so that nobody is offered more than they may have.
      result.changes = [.putWait(wait), .notePick(Pick(person, in: queue.id, at: situation.now))]
    case .unassigned:
      (assignee, unassignedReason) = (nil, "waits: \(assignment.reason)")
      result.changes = [.putWait(wait)]
    }
    return result
  }
}

extension Ticket {
  /// A plan for a ticket that nobody has: it goes to whom the strategy picks.
  ///
  /// - Parameters:
  ///   - kind: what happened, if it is not told by where the ticket goes.
  ///   - offered: who was offered it until now.
  func assigned(
    by strategy: PoolStrategy, in situation: Situation, given facts: RosterFacts, declined: [PersonID] = [],
    kind: Event.Kind? = nil, reason: String = "", offeredUntilNow: PersonID? = nil
  ) -> (outcome: StrategyAssignment, decided: Decided<Ticket>) {
    var next = self
    let outcome = next.assign(by: .pool(strategy), in: situation, given: facts, declined: declined)
    next.version += 1
    next.updatedAt = situation.now
    var changes: [Event.FieldChange] = []
    if let assignee = next.assignee {
      changes.append(Event.FieldChange("assignee", from: nil, to: situation.handle(assignee)))
    }
    if offeredUntilNow != outcome.offer?.person {
      changes.append(
        Event.FieldChange(
          "offered_to", from: situation.handle(offeredUntilNow), to: situation.handle(outcome.offer?.person)))
    }
    let told =
      situation.recipients(
        assignee: next.assignee, watchersOf: situation.configuration.queues[next.queue],
        of: next.assignee == nil ? [] : WatcherEvents(.assignments))
      + situation.offered(outcome.offer)
    let usual: Event.Kind =
      next.assignee != nil ? .ticketAssigned : outcome.offer != nil ? .ticketOffered : .ticketWaiting
    let why = [reason, outcome.assignment?.reason ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    let event = Event(
      kind ?? usual, ticket: number, ticketVersion: next.version, queueBefore: queue, queueAfter: queue, reason: why,
      changes: changes)
    return (
      outcome, Decided(next, Plan(changes: [.updateTicket(next)] + outcome.changes, event: event, outbox: told))
    )
  }
}
