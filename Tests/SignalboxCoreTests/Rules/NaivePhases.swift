@testable import SignalboxCore

/// What the phases do, written a second time: one step after the other over the tree, the facts changed in place.
struct NaivePhases {
  let ruleSet: RuleSet
  let queues: QueueDirectory
  private(set) var facts: RoutingFacts
  private(set) var fired: [String] = []
  private(set) var notified: [NotifyAction] = []
  private(set) var respondWithin: RuleDuration?
  private(set) var assign: AssignAction?

  init(_ ruleSet: RuleSet, _ facts: RoutingFacts, _ queues: QueueDirectory) {
    (self.ruleSet, self.facts, self.queues) = (ruleSet, facts, queues)
  }

  mutating func run(_ kinds: [Phase.Kind]) {
    let before = facts
    if kinds.contains(.classify) { contribute(.classify) }
    if kinds.contains(.route) { route() }
    if kinds.contains(.assign) { assign(before) }
    if kinds.contains(.notify) { contribute(.notify) }
    if kinds.contains(.escalate) { contribute(.escalate) }
  }

  private func elements(_ kind: Phase.Kind) -> [Phase.Element] {
    ruleSet.phases.filter { $0.kind == kind }.flatMap(\.elements)
  }

  private func rules(_ kind: Phase.Kind) -> [Rule] {
    elements(kind).compactMap { if case .rule(let rule) = $0 { rule } else { nil } }
  }

  private func fits(_ rule: Rule) -> Bool { rule.condition.map { NaiveRules.holds($0, facts) } ?? true }

  private mutating func contribute(_ kind: Phase.Kind) {
    let fitting = rules(kind).filter { rule in
      guard fits(rule) else { return false }
      var limit = 1
      for case .atMost(let action) in rule.actions { limit = action.count }
      return kind != .escalate || facts.escalations[rule.name.value, default: 0] < limit
    }
    var destination: String?
    for rule in fitting {
      fired.append(rule.name.value)
      for action in rule.actions {
        switch action {
        case .set(let set):
          switch set.target {
          case .category: facts.category = set.value.value
          case .type: facts.type = set.value.value
          case .resource: facts.resource = set.value.value
          case .field(let name):
            facts.fields = facts.fields.filter { $0.name != name.value }
            facts.fields.append(.init(name: name.value, value: set.value.value))
          }
        case .setStatus(let set): facts.status = set.status.value
        case .addTag(let add):
          if !facts.tags.contains(where: { $0.lowercased() == add.tag.value.lowercased() }) {
            facts.tags.append(add.tag.value)
          }
        case .raisePriority(let raise):
          let order = ["low", "normal", "high", "urgent"]
          let (old, new) = (order.firstIndex(of: facts.priority) ?? 0, order.firstIndex(of: raise.priority.value) ?? 0)
          if new > old { facts.priority = raise.priority.value }
        case .respondWithin(let respond):
          if respond.duration.milliseconds < respondWithin?.milliseconds ?? .max { respondWithin = respond.duration }
        case .notify(let notify): if !notified.contains(notify) { notified.append(notify) }
        case .queue(let queue): destination = queue.target.value
        case .assign, .atMost: break
        }
      }
    }
    if let destination { enter(destination) }
  }

  private mutating func enter(_ queue: String) {
    guard queue != facts.queue else { return }
    if facts.queue != nil { facts.handoffs += 1 }
    facts.previousQueue = facts.queue
    facts.queue = queue
    facts.queueOrganization = queues.organization(of: queue)
    facts.queuedAt = facts.now
    facts.assignee = nil
  }

  private mutating func route() {
    if facts.isQueueChosen, facts.event == .updated || facts.event == .commented { return }
    for element in elements(.route) {
      switch element {
      case .rule(let rule) where fits(rule):
        for case .queue(let action) in rule.actions where queues[action.target.value] == .active {
          fired.append(rule.name.value)
          return enter(action.target.value)
        }
      case .otherwise(let otherwise) where facts.queue == nil:
        for case .queue(let action) in otherwise.actions { return enter(action.target.value) }
      default: continue
      }
    }
  }

  private mutating func assign(_ before: RoutingFacts) {
    let isNew = before.queue != facts.queue || before.event == .reassigned
    if let rule = rules(.assign).first(where: { fits($0) }) {
      fired.append(rule.name.value)
      for case .assign(let action) in rule.actions { assign = action }
    } else if isNew || before.assignee == nil {
      for case .otherwise(let otherwise) in elements(.assign) {
        for case .assign(let action) in otherwise.actions { assign = action }
      }
    }
    if isNew, elements(.assign).isEmpty {
      assign = AssignAction(target: .defaultAssignee, place: Place(.start))
    }
    guard let action = assign else { return }
    var isNews = true
    switch action.target {
    case .person(let handle):
      isNews = isNew || before.assignee != handle.value
      facts.assignee = handle.value
    case .nobody:
      isNews = isNew || before.assignee != nil
      facts.assignee = nil
    case .strategy, .defaultAssignee: facts.assignee = nil
    }
    if !isNews { assign = nil }
  }
}
