/// Follows what the rules make of a ticket from update to update, and sees whether it comes to rest.
struct CycleSearch {
  struct Cycle {
    /// Names, in the order in which they fired; without any of them it ends.
    var rules: [String]
    /// Updates until it is as it was.
    var length: Int
    var start: RoutingFacts
  }

  let compiled: CompiledRuleSet
  let queues: QueueDirectory
  /// What all evaluations have cost.
  private(set) var cost = 0

  init(compiled: CompiledRuleSet, queues: QueueDirectory) {
    self.compiled = compiled
    self.queues = queues
  }

  private var phases: PhaseSet { compiled.phases(on: .updated) }

  /// Whether an update may change the ticket at all.
  var canMove: Bool { !phases.isDisjoint(with: [.classify, .route, .assign]) }

  /// Whether the rule may change a ticket on an update.
  func runs(_ entry: RuleAnalysis.Entry) -> Bool {
    [.classify, .route, .assign].contains(entry.phase) && phases.contains(PhaseSet(entry.phase))
  }

  /// Nil for a ticket that comes to rest, and for one that is not there for an update.
  mutating func cycle(from facts: RoutingFacts) -> Cycle? {
    var ticket = facts
    guard ticket.event == .updated else { return nil }
    // Whoever is updated has a place already.
    if ticket.queue == nil, phases.contains(.route) {
      guard let queue = queues.activeNames.first else { return nil }
      ticket.queue = queue
      ticket.queueOrganization = queues.organization(of: queue)
    }
    guard var round = self.round(from: ticket) else { return nil }
    if round.moves {
      // Nothing but the count of its moves can end it, however far that counts.
      var worn = round.cycle.start
      worn.handoffs = RuleLimits.integer
      guard self.round(from: worn) != nil else { return nil }
    }
    round.cycle.rules = needed(for: round.cycle)
    return round.cycle
  }

  /// Others fire on the way, and what they want is so already, or nothing hangs on it. They are left out, first many at
  /// once and then one by one.
  private mutating func needed(for cycle: Cycle) -> [String] {
    var needed = cycle.rules
    var size = needed.count / 2
    while size > 0 {
      var place = 0
      while place < needed.count {
        let rest = Array(needed[..<place] + needed[min(place + size, needed.count)...])
        var start = cycle.start
        start.spent = Set(cycle.rules).subtracting(rest)
        if round(from: start) != nil { needed = rest } else { place += size }
      }
      size /= 2
    }
    return needed
  }

  /// The way round, and whether the ticket changes its queue on it.
  private mutating func round(from facts: RoutingFacts) -> (cycle: Cycle, moves: Bool)? {
    var ticket = facts
    var states = [State(ticket)]
    var tickets = [ticket]
    var rules: [[String]] = []
    for _ in 0..<RuleLimits.analysisUpdates {
      let outcome = compiled.evaluate(ticket, run: phases, queues: queues)
      cost += outcome.record.cost + RuleLimits.analysisCostPerStep / RuleLimits.analysisTicketsPerStep
      ticket.apply(outcome.effects, queues)
      let state = State(ticket)
      guard state != states.last else { return nil }
      states.append(state)
      tickets.append(ticket)
      rules.append(outcome.fired.filter { $0.phase != .notify }.map(\.rule))
    }
    // It moved to the end; where it was before is where it goes round.
    guard let last = states.last, let start = states.dropLast().lastIndex(of: last) else { return nil }
    var seen: Set<String> = []
    let fired = rules[start...].joined().filter { seen.insert($0).inserted }
    let cycle = Cycle(rules: fired, length: states.count - 1 - start, start: tickets[start])
    return (cycle, tickets[start].handoffs != ticket.handoffs)
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
