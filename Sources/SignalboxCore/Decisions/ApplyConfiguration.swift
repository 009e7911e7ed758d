/// A tenant admin makes the tenant be as a document says, all of it or nothing.
package struct ApplyConfiguration: Sendable {
  package struct Redirect: Equatable, Sendable {
    package var queue: String
    package var target: String

    package init(queue: String, target: String) {
      self.queue = queue
      self.target = target
    }
  }

  package var document: TenantDocument
  /// SHA-256 of the document's rules.
  package var rulesHash: [UInt8]
  /// The configuration's version that somebody looked at; nil: whichever it is.
  package var expectedVersion: Revision?
  package var reason: String
  /// Removes people who are agents or have open tickets, and organizations that people belong to.
  package var force: Bool
  /// Where the open tickets of queues go that it removes.
  package var redirects: [Redirect]

  package init(
    document: TenantDocument, rulesHash: [UInt8], expectedVersion: Revision? = nil, reason: String = "",
    force: Bool = false, redirects: [Redirect] = []
  ) {
    self.document = document
    self.rulesHash = rulesHash
    self.expectedVersion = expectedVersion
    self.reason = reason
    self.force = force
    self.redirects = redirects
  }

  /// Addresses among the watchers that the document names.
  package var addressCount: Int {
    (document.queues ?? []).reduce(0) { $0 + $1.watchers.count { NamedWatcher($0).isAddress } }
  }

  /// Whom and what it would remove, so that the facts about them can be read.
  package struct Removals: Equatable, Sendable {
    package var queues: [QueueID]
    package var people: [PersonID]
    /// The queues that stay and of which somebody who stays is an agent no more.
    package var agencies: [PersonID: Set<QueueID>] = [:]
  }

  package func removals(in configuration: TenantConfiguration) -> Removals {
    let target = ConfigurationTarget(document, on: TenantDocument(of: configuration), in: configuration)
    var removals = Removals(
      queues: target.removedQueues.sorted().compactMap { configuration.queuesByName[$0] },
      people: target.removedPeople.sorted().compactMap { configuration.peopleByHandle[$0] })
    for queue in target.target.queues ?? [] {
      guard let known = configuration.queue(named: queue.name), known.state == .active else { continue }
      let agents = Set(queue.agents.compactMap { configuration.peopleByHandle[$0] })
      for person in known.agents where !agents.contains(person) && !removals.people.contains(person) {
        removals.agencies[person, default: []].insert(known.id)
      }
    }
    return removals
  }

  package struct Facts {
    /// Active tickets in the queues that are removed, and of the people who are, without bodies; one more than may be
    /// changed at once is enough of all together.
    package var ticketsInQueues: [QueueID: [Ticket]]
    package var ticketsOfPeople: [PersonID: [Ticket]]
    /// The same of people in queues of which they are agents no more.
    package var ticketsOfAgents: [PersonID: [Ticket]] = [:]
    /// Tokens that speak for people who are removed and were not revoked.
    package var tokens: [TokenID]
    /// The newest version that is kept, if any.
    package var newest: ConfigurationVersion?
    /// The set with the hash of the document's rules, if one is kept.
    package var keptRules: RuleSetRecord?
    /// One for each address that the document names, for the mails to those that are new.
    package var watcherSecrets: [WatcherSecret]
    /// A document in the protocol's encoding.
    package var encode: (TenantDocument) -> [UInt8]

    package init(
      ticketsInQueues: [QueueID: [Ticket]] = [:], ticketsOfPeople: [PersonID: [Ticket]] = [:], tokens: [TokenID] = [],
      newest: ConfigurationVersion? = nil, keptRules: RuleSetRecord? = nil, watcherSecrets: [WatcherSecret] = [],
      encode: @escaping (TenantDocument) -> [UInt8] = { _ in [] }
    ) {
      self.ticketsInQueues = ticketsInQueues
      self.ticketsOfPeople = ticketsOfPeople
      self.tokens = tokens
      self.newest = newest
      self.keptRules = keptRules
      self.watcherSecrets = watcherSecrets
      self.encode = encode
    }
  }

  package struct Outcome {
    /// The configuration's before the change, for `expectedVersion`.
    package var version: Revision
    package var differences: [ConfigurationDifference] = []
    package var access: [AccessChange] = []
    /// What is wrong with the document; then there is nothing else.
    package var problems: [DocumentProblem] = []
    /// Why it is refused at present, one sentence each.
    package var blocked: [String] = []
    package var ticketsMoved = 0
    package var ticketsUnassigned = 0
    package var tokensRevoked: [TokenID] = []
    /// Nil where nothing is different, or where it is refused. The plans that follow the first one make what is new and
    /// move tickets.
    package var plans: (first: Plan, others: [Plan])?
    /// Those in force once it is applied, compiled.
    package fileprivate(set) var rules: ActiveRules?
  }

  /// What takes long to find out about a document, worked out ahead of the transaction that is to apply it, for which all
  /// changes would wait: why it is refused, or its rules, compiled and tested in the tenant as it will be.
  package struct Study: Sendable {
    private let ground: TenantConfiguration.Identity
    /// Hash of the rules in force.
    private let inForce: [UInt8]?
    fileprivate let result: Result<(problems: [DocumentProblem], rules: ActiveRules?), Rejection>

    package init(_ command: ApplyConfiguration, in situation: Situation) {
      ground = situation.configuration.groundOfRules
      inForce = situation.configuration.rules?.record.hash
      do throws(Rejection) {
        let outcome = try command.outcome(in: situation, given: Facts())
        result = .success((outcome.problems, outcome.rules))
      } catch {
        result = .failure(error)
      }
    }

    /// False where it is to be worked out anew: other rules are in force, or what they are checked against has changed.
    package func holds(in configuration: TenantConfiguration) -> Bool {
      ground === configuration.groundOfRules && inForce == configuration.rules?.record.hash
    }
  }

  /// - Parameter study: One that still holds; nil to work it out.
  /// - Throws: ``Rejection`` for whoever may not, a version that has passed, a document with problems, and what it removes
  ///   being in use.
  package func decide(in situation: Situation, given facts: Facts, _ study: Study? = nil) throws(Rejection) -> Outcome {
    let outcome = try outcome(in: situation, given: facts, study)
    if let first = outcome.problems.first {
      let rest = outcome.problems.count > 1 ? " (and \(outcome.problems.count - 1) more)" : ""
      let place = first.field.isEmpty ? "the document" : "`\(first.field)`"
      throw Rejection(
        .invalidField, "\(place) \(first.message)\(rest)",
        violations: outcome.problems.map { .init(field: $0.field, description: $0.message) })
    }
    guard outcome.blocked.isEmpty else {
      throw Rejection(
        .configurationInUse,
        "what the document removes is in use: \(Rejection.listed(outcome.blocked)); keep it in the document, change what "
          + "uses it first, or force it")
    }
    return outcome
  }

  /// What it would do, and what is wrong or stands in the way, as far as that can be said.
  package func outcome(
    in situation: Situation, given facts: Facts, _ study: Study? = nil
  ) throws(Rejection) -> Outcome {
    let studied = try study?.result.get()
    let configuration = situation.configuration
    guard expectedVersion == nil || expectedVersion == configuration.version else {
      throw Rejection(
        .versionMismatch, "the configuration was changed since it was planned; plan again and look at what is different"
      )
    }
    var check = FieldCheck()
    check.line("reason", reason, atMost: Limits.reasonLength, required: false)
    check.count("redirects", redirects.count, atMost: Limits.pageSize)
    try check.finish()
    var outcome = Outcome(version: configuration.version)
    outcome.problems = studied?.problems ?? []
    guard outcome.problems.isEmpty else { return outcome }
    let current = TenantDocument(of: configuration)
    outcome.problems = document.problems(against: current, in: configuration)
    guard outcome.problems.isEmpty else { return outcome }
    let target = ConfigurationTarget(document, on: current, in: configuration)
    outcome.problems = problems(ofRedirects: target)
    guard outcome.problems.isEmpty else { return outcome }
    outcome.differences = target.target.differences(from: current)
    guard !outcome.differences.isEmpty else { return outcome }
    if target.target.rules != current.rules { try situation.requireRuleEditing("changing rules") }

    var application = try ConfigurationApplication(self, target, facts, compiled: studied?.rules, in: situation)
    try situation.requireRoom(in: application.after)
    application.retireQueues(facts)
    application.removePeople(facts)
    if studied == nil { outcome.problems = application.ruleProblems() }
    guard outcome.problems.isEmpty else { return outcome }
    outcome.rules = application.after.rules
    outcome.access = AccessChange.between(configuration, application.after)
    outcome.blocked = application.blocked
    outcome.ticketsMoved = application.moves.count
    outcome.ticketsUnassigned = application.releases.count
    outcome.tokensRevoked = facts.tokens
    guard outcome.blocked.isEmpty else { return outcome }
    outcome.plans = application.plans(outcome.differences, facts, at: situation)
    return outcome
  }

  private func problems(ofRedirects target: ConfigurationTarget) -> [DocumentProblem] {
    let active = Set((target.target.queues ?? []).map(\.name))
    var problems: [DocumentProblem] = []
    var seen: Set<String> = []
    for (place, redirect) in redirects.enumerated() {
      let path = "redirects[\(place)]"
      if !target.removedQueues.contains(redirect.queue) {
        problems.append(
          .init(
            field: path + ".queue",
            message: "queue `\(Rejection.shown(redirect.queue))` is not removed by the document; leave the redirect out"
          ))
      } else if !active.contains(redirect.target) {
        problems.append(
          .init(
            field: path + ".to",
            message: "queue `\(Rejection.shown(redirect.target))` will not be active; name one that will"))
      }
      if !seen.insert(redirect.queue).inserted {
        problems.append(.init(field: path + ".queue", message: "`\(Rejection.shown(redirect.queue))` is there twice"))
      }
    }
    return Array(problems.prefix(TenantDocument.mostProblems))
  }
}
