/// Follows what the rules make of a ticket from update to update, and sees whether it comes to rest.
struct CycleSearch {
  struct Cycle {
    /// Names, in no order; each changed the ticket on the way round.
    var rules: [String]
    /// Updates until it is as it was.
    var length: Int
    var start: RoutingFacts
  }

  let compiled: CompiledRuleSet
  let queues: QueueDirectory

  private var phases: PhaseSet { compiled.phases(on: .updated) }

  /// Whether an update may change the ticket at all.
  var canMove: Bool { !phases.isDisjoint(with: [.classify, .route, .assign]) }

  /// Whether the rule may change a ticket on an update.
  func runs(_ entry: RuleAnalysis.Entry) -> Bool {
    [.classify, .route, .assign].contains(entry.phase) && phases.contains(PhaseSet(entry.phase))
  }

  /// Nil for a ticket that comes to rest, and for one that is not there for an update.
  func cycle(from facts: RoutingFacts) -> Cycle? {
    var ticket = facts
    guard ticket.event == .updated else { return nil }
    // Whoever is updated has a place already.
    if ticket.queue == nil, phases.contains(.route) { return cycle(fromAnyQueue: ticket) }
    var states = [State(ticket)]
    var tickets = [ticket]
    var rules: [[String]] = []
    for _ in 0..<RuleLimits.analysisUpdates {
      let outcome = compiled.evaluate(ticket, run: phases, queues: queues)
      ticket.apply(outcome.effects, queues)
      let state = State(ticket)
      guard state != states.last else { return nil }
      states.append(state)
      tickets.append(ticket)
      rules.append(outcome.fired.filter { $0.phase != .notify }.map(\.rule))
    }
    // It moved to the end; where it was before is where it goes round.
    guard let last = states.last, let start = states.dropLast().lastIndex(of: last) else { return nil }
    return Cycle(
      rules: Array(Set(rules[start...].joined())), length: states.count - 1 - start, start: tickets[start])
  }

  private func cycle(fromAnyQueue facts: RoutingFacts) -> Cycle? {
    guard let queue = queues.activeNames.first else { return nil }
    var ticket = facts
    ticket.queue = queue
    ticket.queueOrganization = queues.organization(of: queue)
    return cycle(from: ticket)
  }

  /// What rules can change and change back.
  private struct State: Equatable {
    private let values: [String?]
    private let fields: [RoutingFacts.FieldValue]

    init(_ facts: RoutingFacts) {
      values =
        [
          facts.category, facts.type, facts.resource, facts.priority, facts.status, facts.queue, facts.assignee,
        ] + facts.tags.sorted()
      fields = facts.fields.sorted { $0.name < $1.name }
    }
  }
}

extension RoutingFacts {
  /// The ticket as the rules want it. Whom a strategy or the default finds is not known; it is nobody.
  fileprivate mutating func apply(_ effects: Effects, _ queues: QueueDirectory) {
    category = effects.category ?? category
    type = effects.type ?? type
    resource = effects.resource ?? resource
    priority = effects.priority ?? priority
    status = effects.status ?? status
    tags += effects.addedTags
    for field in effects.fields {
      fields.removeAll { $0.name == field.name }
      fields.append(field)
    }
    if let next = effects.queue {
      (previousQueue, queue) = (queue, next)
      queueOrganization = queues.organization(of: next)
      queuedAt = now
      handoffs += 1
      assignee = nil
    }
    if let assign = effects.assign {
      if case .person(let handle) = assign.target { assignee = handle.value } else { assignee = nil }
    }
  }
}
