/// The rule set that routes a tenant's tickets, compiled with the keywords its queues have at the time.
package struct ActiveRules: Sendable {
  package let record: RuleSetRecord
  private let checked: CheckedRuleSet
  private let keywords: [QueueKeywords]
  private let compiled: CompiledRuleSet
  private let directory: QueueDirectory
  private let targets: [(queue: String, place: String)]

  /// Nil if the text does not compile, which activation rules out.
  init?(_ record: RuleSetRecord, queues: [Queue]) {
    // What was checked when it was activated stays in force: a category that was dropped since is merely never met,
    // and a queue that is gone is passed over.
    let names = QueueDirectory(active: queues.map(\.name))
    guard let ruleSet = try? RuleSetSource.parse(record.text),
      let checked = try? RuleSetSource.check(ruleSet, against: RuleSetContext(queues: names))
    else { return nil }
    self.init(record, checked, queues: queues)
  }

  /// One that was checked against the tenant whose queues these are.
  init(_ record: RuleSetRecord, _ checked: CheckedRuleSet, queues: [Queue]) {
    self.record = record
    self.checked = checked
    keywords = Self.keywords(of: queues)
    compiled = CompiledRuleSet(checked, keywords: keywords, hash: record.hash)
    directory = Self.directory(of: queues)
    targets = Self.targets(of: checked.ruleSet)
  }

  /// The same rules over other queues. Compiled anew only where the keywords have changed.
  private init(_ rules: ActiveRules, queues: [Queue]) {
    record = rules.record
    checked = rules.checked
    targets = rules.targets
    keywords = Self.keywords(of: queues)
    compiled =
      keywords == rules.keywords
      ? rules.compiled : CompiledRuleSet(rules.checked, keywords: keywords, hash: rules.record.hash)
    directory = Self.directory(of: queues)
  }

  func updated(with queues: [Queue]) -> ActiveRules { ActiveRules(self, queues: queues) }

  package func route(_ facts: RoutingFacts) -> DecisionRecord {
    compiled.route(facts, queues: directory)
  }

  /// The same, in memory that is used again.
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
    var present = RoutingFacts(ticket, in: configuration)
    (present.now, present.createdAt, present.updatedAt) = (now, ticket.createdAt, ticket.updatedAt)
    (present.status, present.queue) = (ticket.status.name, configuration.queues[ticket.queue]?.name)
    return compiled.verdict(
      on: rule, for: RoutingFacts(arriving: ticket, in: configuration), present: present, queues: directory)
  }

  /// False where all tickets fare the same whatever their bodies say.
  package var readsBodies: Bool { compiled.readsBodies }

  package func explain(_ facts: RoutingFacts) -> [RuleTrace] {
    compiled.explain(facts, run: [.classify, .route], queues: directory)
  }

  /// The rules that name the queue, as people find them.
  func places(thatRouteTo queue: String) -> [String] {
    targets.filter { $0.queue == queue }.map(\.place)
  }

  package static func directory(of queues: [Queue]) -> QueueDirectory {
    QueueDirectory(
      active: queues.filter { $0.state == .active }.map(\.name),
      retired: queues.filter { $0.state == .retired }.map(\.name), redirects: redirects(of: queues))
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
  package init(_ ticket: Ticket, in configuration: TenantConfiguration) {
    self.init(
      subject: ticket.subject, body: ticket.body, category: ticket.category.isEmpty ? nil : ticket.category,
      resource: ticket.resource.isEmpty ? nil : ticket.resource, channel: ticket.channel,
      requester: ticket.requester.isEmpty ? nil : ticket.requester,
      requesterOrganization: configuration.organization(ofAddress: ticket.requester), tags: ticket.tags,
      priority: ticket.priority.name)
  }

  /// The same as the ticket would be if it came in anew at the time it was created, with what is stored of it today.
  package init(arriving ticket: Ticket, in configuration: TenantConfiguration) {
    self.init(ticket, in: configuration)
    (now, createdAt, updatedAt) = (ticket.createdAt, ticket.createdAt, ticket.createdAt)
  }
}
