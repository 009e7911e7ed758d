/// The rule set that routes a tenant's tickets, compiled with the keywords its queues have at the time.
package struct ActiveRules: Sendable {
  package private(set) var record: RuleSetRecord
  private let checked: CheckedRuleSet
  private let keywords: [QueueKeywords]
  private let compiled: CompiledRuleSet
  private let directory: QueueDirectory
  private let targets: [(queue: String, place: String)]

  /// Nil if the text does not compile, which activation rules out.
  ///
  /// - Parameter organization: the name of one.
  init?(_ record: RuleSetRecord, queues: [Queue], organization: (OrganizationID) -> String? = { _ in nil }) {
    // What was checked when it was activated stays in force: a category that was dropped since is merely never met,
    // and a queue that is gone is passed over.
    let names = QueueDirectory(active: queues.map(\.name))
    guard let ruleSet = try? RuleSetSource.parse(record.text),
      let checked = try? RuleSetSource.check(ruleSet, against: RuleSetContext(queues: names))
    else { return nil }
    self.init(record, checked, queues: queues, organization: organization)
  }

  /// One that was checked against the tenant whose queues these are.
  init(
    _ record: RuleSetRecord, _ checked: CheckedRuleSet, queues: [Queue], organization: (OrganizationID) -> String?
  ) {
    self.record = record
    self.checked = checked
    keywords = Self.keywords(of: queues)
    compiled = CompiledRuleSet(checked, keywords: keywords, hash: record.hash)
    directory = Self.directory(of: queues, organization)
    targets = Self.targets(of: checked.ruleSet)
  }

  /// The same rules over other queues. Compiled anew only where the keywords have changed.
  private init(_ rules: ActiveRules, queues: [Queue], organization: (OrganizationID) -> String?) {
    record = rules.record
    checked = rules.checked
    targets = rules.targets
    keywords = Self.keywords(of: queues)
    compiled =
      keywords == rules.keywords
      ? rules.compiled : CompiledRuleSet(rules.checked, keywords: keywords, hash: rules.record.hash)
    directory = Self.directory(of: queues, organization)
  }

  /// The same with what is known of them once they are kept.
  func kept(as record: RuleSetRecord) -> ActiveRules {
    var rules = self
    rules.record = record
    return rules
  }

  func updated(with queues: [Queue], organization: (OrganizationID) -> String?) -> ActiveRules {
    ActiveRules(self, queues: queues, organization: organization)
  }

  /// What they make of a new ticket.
  package func place(_ facts: RoutingFacts, using scratch: inout RuleScratch) -> RuleOutcome {
    let phases = compiled.phases(on: .created).intersection(compiled.phases.present)
    guard phases == .route else { return evaluate(facts, run: phases, using: &scratch) }
    // Most rule sets say only where a ticket goes, and most tickets are made by them.
    let record = compiled.route(facts, queues: directory, using: &scratch)
    return RuleOutcome(record: record, effects: Effects(queue: record.queue))
  }

  package func evaluate(
    _ facts: RoutingFacts, run phases: PhaseSet, using scratch: inout RuleScratch
  ) -> RuleOutcome {
    compiled.evaluate(facts, run: phases, queues: directory, using: &scratch)
  }

  /// The phases to be run for the event; empty if none of them can have any effect.
  package func phases(on event: RuleEvent) -> PhaseSet {
    compiled.phases(on: event).intersection(compiled.phases.present)
  }

  /// Whether time alone may set off any of them.
  package var escalates: Bool { compiled.phases.present.contains(.escalate) }

  package func nextEscalation(_ facts: RoutingFacts) -> Timestamp? { compiled.nextEscalation(facts) }

  /// The queue of `otherwise`, or the one it leads to; nil if that is not active.
  var triage: String? {
    guard let queue = compiled.otherwise?.queue else { return nil }
    return directory[queue] == .active ? queue : directory.redirect(of: queue)
  }

  /// Where they send a new ticket: the phase `route` alone, on the ticket as it is.
  package func route(_ facts: RoutingFacts, using scratch: inout RuleScratch) -> DecisionRecord {
    compiled.route(facts, queues: directory, using: &scratch)
  }

  /// Runs the tests that stand in the rules' text.
  package func runTests() -> [RuleTests.Result] {
    RuleTests.run(compiled, queues: directory)
  }

  /// What a rule makes of the ticket as it came in or, if it is a rule of `escalate`, as it is now. Nil if there is no
  /// such rule.
  package func verdict(
    on rule: String, for ticket: Ticket, in configuration: TenantConfiguration, at now: Timestamp
  ) -> RuleVerdict? {
    compiled.verdict(
      on: rule, for: RoutingFacts(arriving: ticket, in: configuration),
      present: RoutingFacts(ticket, in: configuration, at: now, event: .timer), queues: directory)
  }

  /// False where all tickets fare the same whatever their bodies say.
  package var readsBodies: Bool { compiled.readsBodies }

  package func explain(_ facts: RoutingFacts) -> [RuleTrace] {
    compiled.explain(facts, run: compiled.phases.present, queues: directory)
  }

  /// The rules that name the queue, as people find them.
  func places(thatRouteTo queue: String) -> [String] {
    targets.filter { $0.queue == queue }.map(\.place)
  }

  package static func directory(
    of queues: [Queue], _ organization: (OrganizationID) -> String? = { _ in nil }
  ) -> QueueDirectory {
    QueueDirectory(
      active: queues.filter { $0.state == .active }.map(\.name),
      retired: queues.filter { $0.state == .retired }.map(\.name), redirects: redirects(of: queues),
      organizations: Dictionary(
        queues.compactMap { queue in organization(queue.organization).map { (queue.name, $0) } },
        uniquingKeysWith: { first, _ in first }))
  }

  /// Retired queues with the active ones at the ends of their redirects.
  private static func redirects(of queues: [Queue]) -> [String: String] {
    let retired = queues.filter { $0.redirect != nil }
    guard !retired.isEmpty else { return [:] }
    let byID = Dictionary(uniqueKeysWithValues: queues.map { ($0.id, $0) })
    var redirects: [String: String] = [:]
    for queue in retired {
      var end = queue
      for _ in 0..<Limits.redirectHops {
        guard end.state == .retired, let next = end.redirect.flatMap({ byID[$0] }) else { break }
        end = next
      }
      if end.state == .active { redirects[queue.name] = end.name }
    }
    return redirects
  }

  static func keywords(of queues: [Queue]) -> [QueueKeywords] {
    queues.filter { $0.state == .active && !$0.keywords.isEmpty }.sorted { $0.id.value < $1.id.value }
      .map { QueueKeywords(queue: $0.name, keywords: $0.keywords) }
  }

  private static func targets(of ruleSet: RuleSet) -> [(queue: String, place: String)] {
    var targets: [(queue: String, place: String)] = []
    func add(_ actions: [Action], _ place: String) {
      for case .queue(let queue) in actions { targets.append((queue.target.value, place)) }
    }
    for element in ruleSet.phases.flatMap(\.elements) {
      switch element {
      case .rule(let rule): add(rule.actions, "rule `\(rule.name.value)` on line \(rule.name.span.line)")
      case .otherwise(let otherwise): add(otherwise.actions, "`otherwise` on line \(otherwise.span.line)")
      case .keywords: continue
      }
    }
    return targets
  }
}

extension RoutingFacts {
  /// What rules may look at of a ticket.
  ///
  /// - Parameter event: what the rules are run for.
  package init(
    _ ticket: Ticket, in configuration: TenantConfiguration, at now: Timestamp, event: RuleEvent = .created
  ) {
    self.init(of: ticket, in: configuration, at: now)
    status = ticket.status.name
    if let queue = configuration.queues[ticket.queue] {
      self.queue = queue.name
      queueOrganization = configuration.organizations[queue.organization]?.name
      queuedAt = ticket.placement.since
    }
    previousQueue = ticket.placement.previous.flatMap { configuration.queues[$0]?.name }
    assignee = ticket.assignee.flatMap { configuration.people[$0]?.handle }
    handoffs = ticket.placement.handoffs
    comments = ticket.commentCount
    updatedAt = ticket.updatedAt
    dueAt = ticket.dueAt
    self.event = event
    isQueueChosen = ticket.placement.isChosen
    escalations = ticket.escalations
  }

  /// The same as the ticket would be if it came in anew at the time it was created, with what is stored of it today.
  package init(arriving ticket: Ticket, in configuration: TenantConfiguration) {
    self.init(of: ticket, in: configuration, at: ticket.createdAt)
    updatedAt = ticket.createdAt
  }

  /// What does not depend on its place, nor on what was done with it.
  private init(of ticket: Ticket, in configuration: TenantConfiguration, at now: Timestamp) {
    self.init(
      subject: ticket.subject, body: ticket.body, category: ticket.category.isEmpty ? nil : ticket.category,
      resource: ticket.resource.isEmpty ? nil : ticket.resource, channel: ticket.channel,
      requester: ticket.requester.isEmpty ? nil : ticket.requester,
      requesterOrganization: configuration.organization(ofAddress: ticket.requester), tags: ticket.tags,
      priority: ticket.priority.name)
    type = ticket.type.isEmpty ? nil : ticket.type
    if !ticket.fields.isEmpty {
      fields = ticket.fields.sorted { $0.key < $1.key }.map { FieldValue(name: $0.key, value: $0.value) }
    }
    self.now = now
    let timeZone = configuration.tenant.settings.timeZone
    utcOffsetMinutes = timeZone.utcOffsetMinutes(at: now)
    offsetChangesAt = timeZone.nextChange(after: now)
    createdAt = ticket.createdAt
  }
}
