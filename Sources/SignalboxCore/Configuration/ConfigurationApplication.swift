/// A document on its way to be applied: what was worked out so far.
struct ConfigurationApplication {
  private let command: ApplyConfiguration
  private let target: ConfigurationTarget
  private let steps: ConfigurationSteps
  private let situation: Situation
  /// The configuration with all changes so far.
  private(set) var after: TenantConfiguration
  private(set) var moves: [Plan] = []
  private(set) var releases: [Plan] = []
  private var retirements: [Change] = []
  private var revocations: [Change] = []
  private var obstacles: [String]

  init(
    _ command: ApplyConfiguration, _ target: ConfigurationTarget, _ facts: ApplyConfiguration.Facts,
    compiled: ActiveRules?, in situation: Situation
  ) throws(Rejection) {
    self.command = command
    self.target = target
    self.situation = situation
    steps = try ConfigurationSteps(
      to: target, rulesHash: command.rulesHash, keptRules: facts.keptRules, secrets: facts.watcherSecrets, in: situation
    )
    after = situation.configuration.applying(
      steps.changes + steps.creations.flatMap(\.changes), at: situation.revision, compiled: compiled)
    obstacles = target.obstacles + (command.force ? [] : target.uses)
    if let caller = situation.principal.person.flatMap({ situation.configuration.people[$0] }),
      target.removedPeople.contains(caller.handle)
    {
      obstacles.append("person `\(caller.handle)` is who asks; have another admin apply it")
    }
  }

  /// Why it is refused, one sentence each.
  var blocked: [String] { Array(obstacles.prefix(Limits.blockersShown)) }

  /// Each as `RetireQueue` would, in the tenant as it will be.
  mutating func retireQueues(_ facts: ApplyConfiguration.Facts) {
    for name in target.removedQueues.sorted() {
      guard let id = situation.configuration.queuesByName[name] else { continue }
      let redirect = command.redirects.first { $0.queue == name }?.target ?? ""
      var next = situation
      next.configuration = after
      do {
        let decided = try RetireQueue(name: name, redirectTo: redirect)
          .decide(in: next, given: .init(activeTickets: facts.ticketsInQueues[id] ?? []))
        retirements += decided.plan.changes
        moves += decided.outcome.moves
        after = after.applying(decided.plan.changes, at: situation.revision, rulesFollow: false)
      } catch {
        obstacles.append(error.message)
      }
    }
    // The rules follow once, however many queues go.
    after = after.applying(retirements, at: situation.revision)
  }

  /// Their open tickets, but for those that moved to somebody else, belong to nobody any more; so do those of agents who
  /// may not own them any more. Comes after `retireQueues`.
  mutating func removePeople(_ facts: ApplyConfiguration.Facts) {
    revocations = facts.tokens.map(Change.revokeToken)
    let moved = Set(moves.compactMap(\.event.ticket))
    for (id, tickets) in facts.ticketsOfPeople.sorted(by: { $0.key.value < $1.key.value }) {
      guard let handle = situation.configuration.people[id]?.handle else { continue }
      let held = tickets.filter { !moved.contains($0.number) }
      if !held.isEmpty, !command.force {
        let numbers = Rejection.listed(held.map { "#\($0.number.value)" })
        obstacles.append("person `\(handle)` has open tickets: \(numbers)")
      }
      releases += held.map { release($0, from: handle, because: "`\(handle)` was removed from the tenant") }
    }
    releaseOfAgents(facts, beside: moved)
    requireFew()
  }

  /// Who is an agent of a queue no more, and may own nothing there by a grant either, could not even see what they have.
  private mutating func releaseOfAgents(_ facts: ApplyConfiguration.Facts, beside moved: Set<TicketNumber>) {
    var next = situation
    next.configuration = after
    for (id, tickets) in facts.ticketsOfAgents.sorted(by: { $0.key.value < $1.key.value }) {
      guard let person = after.people[id] else { continue }
      for ticket in tickets where !moved.contains(ticket.number) {
        guard let queue = after.queues[ticket.queue], !queue.mayOwn(person, in: next) else { continue }
        releases.append(
          release(ticket, from: person.handle, because: "`\(person.handle)` is no agent of `\(queue.name)` any more"))
      }
    }
  }

  private mutating func requireFew() {
    guard moves.count + releases.count > Limits.ticketsPerRedirect else { return }
    obstacles.append(
      "more than \(Limits.ticketsPerRedirect) open tickets would change hands, which is more than do at once; reassign or "
        + "close some first")
  }

  private func release(_ ticket: Ticket, from handle: String, because reason: String) -> Plan {
    var next = ticket
    next.assignee = nil
    next.unassignedReason = reason
    next.version += 1
    next.updatedAt = situation.now
    return Plan(
      changes: [.updateTicket(next)],
      event: Event(
        .ticketReleased, ticket: next.number, ticketVersion: next.version, queueBefore: next.queue,
        queueAfter: next.queue, reason: next.unassignedReason,
        changes: [Event.FieldChange("assignee", from: handle, to: nil)]),
      outbox: situation.recipients(
        assignee: nil, watchersOf: after.queues[next.queue], of: WatcherEvents(.assignments)))
  }

  /// The rules as the tenant will have them, against the queues, categories and ticket types that it will have.
  func ruleProblems() -> [DocumentProblem] {
    guard let text = target.target.rules, text != target.current.rules else { return [] }
    do {
      return after.failedTests(of: try CheckRules(text: text).checked(in: after), text: text).map { test in
        DocumentProblem(
          field: "rules", message: "test `\(test.name)`: \(Rejection.listed(test.failures))",
          span: SourceSpan(line: test.line, column: 1, length: 1))
      }
    } catch {
      return error.items.map { item in
        DocumentProblem(
          field: "rules", message: item.message + (item.suggestion.map { "; did you mean `\($0)`?" } ?? ""),
          span: item.span)
      }
    }
  }

  /// The first has the revision that is the new version; those that follow make what is new, each under the id that it
  /// was given, and move tickets.
  func plans(
    _ differences: [ConfigurationDifference], _ facts: ApplyConfiguration.Facts, at situation: Situation
  ) -> (first: Plan, others: [Plan]) {
    let document = facts.encode(TenantDocument(of: after))
    var changes = steps.changes + retirements + revocations
    // Whatever was changed otherwise since the last version, or before the first, can be come back to as well.
    let found = facts.encode(target.current)
    if found != facts.newest?.document, situation.configuration.version.value > 0 {
      changes.append(
        .keepConfigurationVersion(
          ConfigurationVersion(
            version: situation.configuration.version, appliedBy: Actor(name: ""), appliedAt: situation.now,
            reason: "as it was found before version \(situation.revision.value)", document: found)))
    }
    changes.append(
      .keepConfigurationVersion(
        ConfigurationVersion(
          version: situation.revision, appliedBy: situation.principal.actor, appliedAt: situation.now,
          reason: command.reason, document: document)))
    let event = Event(
      .configurationApplied, subject: situation.configuration.tenant.name, reason: command.reason,
      changes: Event.FieldChange.telling(differences)
        + Event.made(("tokens revoked", facts.tokens.isEmpty ? "" : String(facts.tokens.count))))
    return (Plan(changes: changes, event: event, outbox: steps.mails), steps.creations + moves + releases)
  }
}

extension Event.FieldChange {
  /// What changed and what went, field by field, as far as the event has room; of a list what left it and what came. What
  /// is new has events of its own and is only counted.
  fileprivate static func telling(_ differences: [ConfigurationDifference]) -> [Event.FieldChange] {
    var told: [Event.FieldChange] = []
    var created: [ConfigurationDifference.Noun: Int] = [:]
    for difference in differences {
      let name = [difference.noun.rawValue, difference.name].filter { !$0.isEmpty }.joined(separator: " ")
      switch difference.action {
      case .created: created[difference.noun, default: 0] += 1
      case .removed: told.append(Event.FieldChange(name, from: "there", to: nil))
      case .changed:
        told += difference.changes.map { change in
          let (left, came) = (change.removed.joined(separator: ", "), change.added.joined(separator: ", "))
          let before = change.before.isEmpty ? left : change.before
          let after = change.after.isEmpty ? came : change.after
          return Event.FieldChange(
            "\(name) \(change.field)", from: before.isEmpty ? nil : before, to: after.isEmpty ? nil : after)
        }
      }
    }
    let rest = told.count - Limits.changesPerConfigurationEvent
    if rest > 0 {
      told = Array(told.prefix(Limits.changesPerConfigurationEvent))
      told.append(Event.FieldChange("more", from: nil, to: String(rest)))
    }
    let counts = ConfigurationDifference.Noun.allCases.compactMap { noun in
      created[noun].map { Event.FieldChange("\(noun.rawValue) created", from: nil, to: String($0)) }
    }
    return told + counts
  }
}
