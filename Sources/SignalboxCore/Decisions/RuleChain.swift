/// One chain of changes that rules make of a ticket.
struct RuleChain {
  private(set) var ticket: Ticket
  /// That of the rules, who are nobody: whoever has the ticket is told, also if it was they who set it off.
  let situation: Situation
  var chain: Revision
  var plans: [Plan] = []
  /// Whom to tell where there was no change to tell of.
  private(set) var untold: [NotifyAction] = []
  private let rules: ActiveRules
  private var spent: Set<String> = []

  init(_ ticket: Ticket, _ rules: ActiveRules, in cause: Situation) {
    self.ticket = ticket
    self.rules = rules
    chain = cause.revision
    situation = Situation(
      principal: Principal(
        tenant: cause.principal.tenant, role: .systemAdmin, person: nil, handle: nil, tokenTenant: .system,
        token: TokenID(0), tokenName: RuleFollowUp.actor.name),
      configuration: cause.configuration, now: cause.now, revision: Revision(cause.revision.value + 1),
      quotas: cause.quotas, usage: cause.usage)
  }

  mutating func go(
    on event: RuleEvent, _ phases: PhaseSet, comment: String?, using scratch: inout RuleScratch,
    _ rosters: RuleFollowUp.Rosters
  ) throws {
    var (event, phases, comment) = (event, phases, comment)
    for depth in 1...Limits.ruleDepth {
      guard !phases.isEmpty, try step(event, phases, comment, depth, &scratch, rosters) else { return }
      // What rules changed is an update like any other.
      (event, phases, comment) = (.updated, rules.phases(on: .updated), nil)
    }
  }

  /// False if that is the end of it.
  private mutating func step(
    _ event: RuleEvent, _ phases: PhaseSet, _ comment: String?, _ depth: Int, _ scratch: inout RuleScratch,
    _ rosters: RuleFollowUp.Rosters
  ) throws -> Bool {
    var facts = RoutingFacts(ticket, in: situation.configuration, at: situation.now, event: event)
    facts.comment = comment
    facts.spent = spent
    let outcome = rules.evaluate(facts, run: phases, using: &scratch)
    guard !outcome.fired.isEmpty || !outcome.effects.isEmpty else { return false }
    spent.formUnion(outcome.fired.map(\.rule))
    var record = outcome.record
    record.cause = .init(chain: chain, depth: depth)
    let count = plans.count
    classify(outcome, event, &record)
    let goesOn = try place(outcome.effects, record, rosters)
    if !outcome.effects.notify.isEmpty {
      if let last = plans.indices.last {
        situation.tell(outcome.effects.notify, of: ticket, among: &plans[last].outbox)
      } else {
        untold += outcome.effects.notify
      }
    }
    return goesOn && plans.count > count
  }

  /// What the ticket says of itself. An escalation is noted even if it changes nothing: it counts, and may tell somebody.
  private mutating func classify(_ outcome: RuleOutcome, _ event: RuleEvent, _ record: inout DecisionRecord) {
    var next = ticket
    record.note(next.take(outcome.effects, in: situation.configuration))
    let changes = next.changes(since: ticket)
    if event == .timer {
      for fired in outcome.fired where fired.phase == .escalate { next.escalations[fired.rule, default: 0] += 1 }
    } else if changes.isEmpty {
      return
    }
    let statusEvents: WatcherEvents = next.status == ticket.status ? [] : WatcherEvents(.status)
    add(
      next, event == .timer ? .ticketEscalated : .ticketClassified, changes, record,
      outbox: situation.recipients(
        assignee: nil, watchersOf: situation.configuration.queues[ticket.queue], of: statusEvents))
  }

  /// Where it is and who has it. False after rules were stopped.
  private mutating func place(
    _ effects: Effects, _ record: DecisionRecord, _ rosters: RuleFollowUp.Rosters
  ) throws -> Bool {
    guard let queue = effects.queue.flatMap({ situation.configuration.queue(named: $0) }) else {
      if let action = effects.assign { try assign(by: AssignmentStrategy(action), record, rosters) }
      return true
    }
    switch LoopGuard.verdict(on: ticket.placement, at: situation.now) {
    case .isStopped: return false
    case .stops:
      try stop(record, rosters)
      return false
    case .allowed:
      let strategy = effects.assign.map(AssignmentStrategy.init) ?? .defaultAssignee
      try move(to: queue, by: strategy, .ticketRouted, record, rosters)
      return true
    }
  }

  private mutating func move(
    to queue: Queue, by strategy: AssignmentStrategy, _ kind: Event.Kind, _ record: DecisionRecord, reason: String = "",
    _ rosters: RuleFollowUp.Rosters
  ) throws {
    var next = ticket
    next.arrive(in: queue, in: situation)
    next.placement.noteRuleMove(at: situation.now)
    next.placement.isStopped = kind == .ticketRulesStopped
    let assignment = try next.assign(
      by: strategy, in: situation, given: roster(for: strategy, of: next, rosters).facts)
    var changes = [
      Event.FieldChange("queue", from: situation.configuration.queues[ticket.queue]?.name, to: queue.name)
    ]
    changes += handover(to: next, assignment)
    var record = record
    record.note(assignment.notes)
    let told =
      situation.recipients(of: next, movedTo: queue, from: ticket) + situation.offered(assignment.offer)
    add(next, kind, changes, record, reason: reason, then: assignment.changes, outbox: told)
  }

  /// To triage, or where it is if there is no such queue.
  private mutating func stop(_ record: DecisionRecord, _ rosters: RuleFollowUp.Rosters) throws {
    let minutes = Limits.ruleMoveWindow / 60_000
    let reason =
      "rules moved it \(Limits.ruleMoves) times within \(minutes) minutes and would again; they may not until a person "
      + "acts on it"
    var record = record
    record.note([record.queue.map { "rules wanted it in `\($0)`: \(record.reason)" } ?? "rules wanted to move it"])
    record.queue = rules.triage
    record.element = .stays
    let triage = rules.triage.flatMap { situation.configuration.queue(named: $0) }
    if let triage, triage.id != ticket.queue {
      try move(to: triage, by: .defaultAssignee, .ticketRulesStopped, record, reason: reason, rosters)
    } else {
      var next = ticket
      next.placement.isStopped = true
      add(next, .ticketRulesStopped, [], record, reason: reason, outbox: [])
    }
    guard let last = plans.indices.last else { return }
    let known = Set(plans[last].outbox.map { $0.address.lowercased() })
    for administrator in situation.configuration.administratorsByGrant.prefix(Limits.adminsTold) {
      guard let address = situation.configuration.people[administrator]?.email, !address.isEmpty,
        !known.contains(address.lowercased())
      else { continue }
      plans[last].outbox.append(OutboxRecipient(role: .admin, address: address))
    }
  }

  /// In its queue. Who has the ticket keeps it where the rule could mean them, or would leave it to nobody by chance.
  private mutating func assign(
    by strategy: AssignmentStrategy, _ record: DecisionRecord, _ rosters: RuleFollowUp.Rosters
  ) throws {
    let (facts, wait) = try roster(for: strategy, of: ticket, rosters)
    if case .pool(let pool) = strategy {
      guard ticket.status.isActive, wait?.strategy != pool, !keepsItsAssignee(within: pool) else { return }
    }
    var next = ticket
    let assignment = next.assign(by: strategy, in: situation, given: facts)
    let handover = handover(to: next, assignment)
    guard !handover.isEmpty || !assignment.changes.isEmpty, next.assignee != nil || mayBeLeft(strategy, assignment)
    else { return }
    let told =
      situation.recipients(
        assignee: next.assignee == ticket.assignee ? nil : next.assignee,
        watchersOf: situation.configuration.queues[next.queue],
        of: next.assignee == ticket.assignee ? [] : WatcherEvents(.assignments))
      + situation.offered(assignment.offer)
    var record = record
    record.note(assignment.notes)
    let kind: Event.Kind =
      assignment.offer != nil
      ? .ticketOffered
      : next.assignee != nil ? .ticketAssigned : strategy == .unassigned ? .ticketReleased : .ticketWaiting
    add(
      next, kind, handover, record, reason: assignment.assignment?.reason ?? "", then: assignment.changes,
      outbox: told)
  }

  private func mayBeLeft(_ strategy: AssignmentStrategy, _ assignment: StrategyAssignment) -> Bool {
    ticket.assignee == nil || strategy == .unassigned || assignment.offer != nil
  }

  private func keepsItsAssignee(within pool: PoolStrategy) -> Bool {
    guard let assignee = ticket.assignee, let queue = situation.configuration.queues[ticket.queue] else { return false }
    return Roster.members(of: pool.members, in: queue, situation.configuration).contains(assignee)
  }

  private func roster(
    for strategy: AssignmentStrategy, of ticket: Ticket, _ rosters: RuleFollowUp.Rosters
  ) throws -> (facts: RosterFacts, wait: TicketWait?) {
    guard case .pool(let pool) = strategy else { return (RosterFacts(), nil) }
    return try rosters(pool, ticket)
  }

  private func handover(to next: Ticket, _ assignment: StrategyAssignment) -> [Event.FieldChange] {
    var changes: [Event.FieldChange] = []
    if next.assignee != ticket.assignee {
      changes.append(
        Event.FieldChange("assignee", from: situation.handle(ticket.assignee), to: situation.handle(next.assignee)))
    }
    if let offered = situation.handle(assignment.offer?.person) {
      changes.append(Event.FieldChange("offered_to", from: nil, to: offered))
    }
    return changes
  }

  private mutating func add(
    _ next: Ticket, _ kind: Event.Kind, _ changes: [Event.FieldChange], _ record: DecisionRecord, reason: String = "",
    then others: [Change] = [], outbox: [OutboxRecipient]
  ) {
    let before = ticket.queue
    ticket = next
    ticket.version += 1
    ticket.updatedAt = situation.now
    let event = Event(
      kind, ticket: ticket.number, ticketVersion: ticket.version, queueBefore: before, queueAfter: ticket.queue,
      reason: reason, changes: changes, decision: record)
    let change: Change =
      kind == .ticketClassified || kind == .ticketEscalated ? .editTicket(ticket) : .updateTicket(ticket)
    plans.append(Plan(changes: [change] + others, event: event, outbox: outbox, actor: RuleFollowUp.actor))
  }
}
