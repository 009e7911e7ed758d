extension CompiledRuleSet {
  /// The phases that run for the event: those of the file's `on`, or the usual.
  package func phases(on event: RuleEvent) -> PhaseSet { phases.run(on: event) }

  /// Runs the phases in their fixed order; each sees what those before it made of the ticket, and rules of one phase do
  /// not see each other. Pure: the same facts, queues and rule set give the same outcome.
  package func evaluate(_ facts: RoutingFacts, run phases: PhaseSet, queues: QueueDirectory) -> RuleOutcome {
    evaluate(facts, run: phases, queues: queues, budget: RuleLimits.budget)
  }

  /// The same, in memory that is used again.
  package func evaluate(
    _ facts: RoutingFacts, run phases: PhaseSet, queues: QueueDirectory, using scratch: inout RuleScratch
  ) -> RuleOutcome {
    evaluate(facts, run: phases, queues: queues, budget: RuleLimits.budget, using: &scratch)
  }

  func evaluate(_ facts: RoutingFacts, run phases: PhaseSet, queues: QueueDirectory, budget: Int) -> RuleOutcome {
    var scratch = RuleScratch()
    return evaluate(facts, run: phases, queues: queues, budget: budget, using: &scratch)
  }

  private func evaluate(
    _ facts: RoutingFacts, run phases: PhaseSet, queues: QueueDirectory, budget: Int,
    using scratch: inout RuleScratch
  ) -> RuleOutcome {
    var run = RuleRun(self, facts, queues, budget: budget, &scratch)
    // What the run has borrowed.
    defer { swap(&run.scratch, &scratch) }
    for phase in Phase.Kind.allCases where phases.contains(PhaseSet(phase)) { run.run(phase) }
    return run.outcome(phases)
  }

  /// The ticket as each of the phases sees it.
  func snapshots(_ facts: RoutingFacts, run phases: PhaseSet, queues: QueueDirectory) -> [(Phase.Kind, FactValues)] {
    var scratch = RuleScratch()
    var run = RuleRun(self, facts, queues, budget: RuleLimits.budget, &scratch)
    return Phase.Kind.allCases.filter { phases.contains(PhaseSet($0)) }.map { phase in
      defer { run.run(phase) }
      return (phase, run.scratch.values)
    }
  }
}

/// One evaluation, phase by phase.
private struct RuleRun {
  private let rules: CompiledRuleSet
  private let queues: QueueDirectory
  /// As the ticket was.
  private let start: RoutingFacts
  /// As the phase sees it.
  private var facts: RoutingFacts
  fileprivate var scratch = RuleScratch()
  private var effects = Effects()
  private var record: DecisionRecord
  private var fired: [DecisionRecord.Fired] = []
  private var meter: RuleMeter

  init(
    _ rules: CompiledRuleSet, _ facts: RoutingFacts, _ queues: QueueDirectory, budget: Int,
    _ scratch: inout RuleScratch
  ) {
    self.rules = rules
    self.queues = queues
    start = facts
    self.facts = facts
    meter = RuleMeter(limit: budget)
    record = DecisionRecord(ruleSet: rules.name, version: rules.version, hash: rules.hash)
    record.element = .stays
    swap(&self.scratch, &scratch)
    load()
  }

  // MARK: Phases

  mutating func run(_ phase: Phase.Kind) {
    switch phase {
    case .classify: classify()
    case .route: route()
    case .assign: assign()
    case .notify: notify()
    case .escalate: escalate()
    }
  }

  private mutating func classify() {
    var merge = Merge()
    for rule in firing(rules.phases.classify, rules.indexes.classify) {
      fire(rule, .classify)
      for action in rule.rule.actions { merge.add(action, of: rule.rule.name.value) }
    }
    take(merge)
  }

  private mutating func route() {
    let isPersonal = start.isQueueChosen && (start.event == .updated || start.event == .commented)
    guard !isPersonal, !meter.isOver else { return }
    let hasPlace = start.queue != nil
    // Whoever has no place and gets none has an answer: which queues were passed over.
    record.element = hasPlace ? .stays : .nothing
    if let rule = rules.decideRoute(&scratch, queues, hasPlace: hasPlace, &meter, &record) { fire(rule, .route) }
    if let queue = record.queue { move(to: queue) }
  }

  private mutating func assign() {
    let hasMoved = effects.queue != nil || start.event == .reassigned
    var action: AssignAction?
    if let rule = firing(rules.phases.assign, rules.indexes.assign, onlyFirst: true).first {
      fire(rule, .assign)
      action = rule.rule.actions.assignment
    } else if start.assignee == nil || hasMoved {
      action = rules.phases.assignOtherwise?.action
      if rules.phases.assignOtherwise == nil, hasMoved {
        action = AssignAction(target: .defaultAssignee, place: Place(.start))
      }
    }
    guard let action else { return }
    switch action.target {
    case .person(let handle):
      guard hasMoved || handle.value != start.assignee else { return }
      facts.assignee = handle.value
    case .nobody:
      guard hasMoved || start.assignee != nil else { return }
      facts.assignee = nil
    case .strategy, .defaultAssignee:
      // Who that is, is found out later.
      facts.assignee = nil
    }
    effects.assign = action
    refresh()
  }

  private mutating func notify() {
    for rule in firing(rules.phases.notify, rules.indexes.notify) {
      fire(rule, .notify)
      for case .notify(let action) in rule.rule.actions { tell(action) }
    }
  }

  private mutating func escalate() {
    var merge = Merge()
    for rule in firing(rules.phases.escalate, rules.indexes.escalate) {
      guard start.escalations[rule.rule.name.value] ?? 0 < rule.rule.actions.atMost else { continue }
      fire(rule, .escalate)
      for action in rule.rule.actions {
        if case .notify(let action) = action { tell(action) } else { merge.add(action, of: rule.rule.name.value) }
      }
    }
    take(merge)
    if let (name, line) = merge.queue.map({ ($0.value, $0.span.line) }),
      let queue = record.destination(of: name, line: line, queues)
    {
      move(to: queue)
    }
  }

  // MARK: Steps

  /// All of them before any takes effect, in file order.
  private mutating func firing(
    _ rules: [CompiledRule], _ index: PhaseIndex, onlyFirst: Bool = false
  ) -> [CompiledRule] {
    guard !rules.isEmpty else { return [] }
    var firing: [CompiledRule] = []
    index.collect(scratch.values, into: &scratch.candidates)
    while let element = scratch.candidates.popFirst() {
      guard self.rules.program.holds(from: rules[element].entry, scratch.values, &meter) else { continue }
      if !start.spent.isEmpty, start.spent.contains(rules[element].rule.name.value) { continue }
      firing.append(rules[element])
      if onlyFirst { break }
    }
    return firing
  }

  private mutating func fire(_ rule: CompiledRule, _ phase: Phase.Kind) {
    fired.append(
      .init(
        phase: phase, rule: rule.rule.name.value, line: rule.rule.name.span.line,
        actions: rule.rule.actions.map(\.text)))
  }

  private mutating func tell(_ action: NotifyAction) {
    if !effects.notify.contains(action) { effects.notify.append(action) }
  }

  private mutating func move(to queue: String) {
    guard queue != facts.queue else { return }
    // An escalation may take it back to where it was.
    effects.queue = queue == start.queue ? nil : queue
    (facts.previousQueue, facts.queue) = (facts.queue, queue)
    facts.queueOrganization = queues.organization(of: queue)
    facts.queuedAt = facts.now
    facts.handoffs += start.queue == nil ? 0 : 1
    // The new queue has not said yet who gets it.
    facts.assignee = nil
    refresh()
  }

  private mutating func take(_ merge: Merge) {
    merge.apply(to: &facts, &effects)
    for note in merge.notes where record.notes.count < RuleLimits.recordedItems { record.notes.append(note) }
    refresh()
  }

  private mutating func refresh() {
    if facts != scratch.values.facts { load() }
  }

  private mutating func load() {
    scratch.values.load(facts, rules.program, rules.uses)
    meter.charge(scratch.values.byteCount / RuleLimits.bytesPerAtom)
  }

  // MARK: Outcome

  func outcome(_ phases: PhaseSet) -> RuleOutcome {
    var outcome = RuleOutcome(record: record, effects: effects, fired: fired)
    if meter.isOver {
      outcome.effects = Effects()
      outcome.fired = []
      if phases.contains(.route), start.queue == nil {
        rules.fallBack(queues, &outcome.record)
        outcome.effects.queue = outcome.record.queue
      } else {
        outcome.record = DecisionRecord(ruleSet: rules.name, version: rules.version, hash: rules.hash)
        outcome.record.element = .stays
        outcome.record.isOverBudget = true
      }
    }
    outcome.record.keep(outcome.fired)
    outcome.record.cost = meter.cost
    return outcome
  }
}

extension DecisionRecord {
  /// So many of them, and of their actions, that the record stays storable.
  fileprivate mutating func keep(_ all: [Fired]) {
    var bytes = 0
    fired = all.prefix(RuleLimits.recordedItems).map { fired in
      bytes += fired.actions.reduce(0) { $0 + $1.utf8.count }
      guard bytes > RuleLimits.recordedActionBytes else { return fired }
      return Fired(phase: fired.phase, rule: fired.rule, line: fired.line, actions: [])
    }
  }
}
