/// Something about a registration that its asker or an admin should know before it is decided.
package struct LintFinding: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case invalidField = "invalid_field"
    case namePattern = "name_pattern"
    case nameTaken = "name_taken"
    case nameSimilar = "name_similar"
    case organizationHasQueue = "organization_has_queue"
    case unknownPerson = "unknown_person"
    case noAgents = "no_agents"
    case assigneeNotAgent = "assignee_not_agent"
    case keywordUnusable = "keyword_unusable"
    case keywordTaken = "keyword_taken"
    case keywordTooCommon = "keyword_too_common"
    case wantedToo = "wanted_too"
    case addressUnconfirmed = "address_unconfirmed"
    case watcherOptedOut = "watcher_opted_out"
  }

  package enum Severity: String, Sendable {
    /// It cannot be submitted or approved like this.
    case error
    /// It can; somebody should have thought about it.
    case warning
  }

  package var kind: Kind
  package var severity: Severity
  /// One sentence for a person, without a final period.
  package var message: String
  /// The field of the request it is about.
  package var field: String
  /// The name, handle or keyword it is about.
  package var value: String
  /// The other queue, where there is one.
  package var queue: String
  /// How many past tickets, out of how many.
  package var count: Int
  package var outOf: Int

  package init(
    _ kind: Kind, _ severity: Severity, field: String, value: String = "", queue: String = "", count: Int = 0,
    outOf: Int = 0, _ message: String
  ) {
    self.kind = kind
    self.severity = severity
    self.message = message
    self.field = field
    self.value = value
    self.queue = queue
    self.count = count
    self.outOf = outOf
  }
}

/// A registration that waits for its answer, and whether the caller may see it.
package struct OpenRegistration: Sendable {
  package var registration: QueueRegistration
  package var isSeen: Bool

  package init(_ registration: QueueRegistration, to principal: Principal, in configuration: TenantConfiguration) {
    self.registration = registration
    isSeen = !registration.sides(of: principal, in: configuration).isEmpty
  }
}

/// Looks at what a registration asks for, and at what its keywords would have done to past tickets.
///
/// Whoever may ask for a queue gets the numbers, also of tickets that they may not browse. They are counts over the
/// tenant's newest tickets and say neither which ticket, nor whose, nor in which queue it is; the words counted are
/// the asker's own and, of other queues, keywords that everybody in the tenant can read. Without them the owners of
/// two queues could not settle to whom a word belongs before it sends tickets astray.
package struct LintQueueRegistration: Sendable {
  /// A keyword in more than this share of past tickets tells nothing.
  package static let commonPercent = 20

  package var wish: RegisterQueue
  /// The queue that came of it, which does not stand in its own way.
  package var own: QueueID?

  package init(_ wish: RegisterQueue, own: QueueID? = nil) {
    self.wish = wish
    self.own = own
  }

  package init(_ registration: QueueRegistration, in configuration: TenantConfiguration) {
    self.init(RegisterQueue(registration, in: configuration), own: registration.queue.id)
  }

  /// To be given the past tickets. Bounded, whatever the wish is.
  package func evidence(in configuration: TenantConfiguration) -> KeywordEvidence {
    KeywordEvidence(
      Array(wish.keywords.prefix(Limits.keywordsPerQueue)),
      beside: others(in: configuration).filter { $0.state == .active }
        .map { QueueKeywords(queue: $0.name, keywords: $0.keywords) })
  }

  /// Errors first.
  ///
  /// - Parameter open: registrations that wait for their answer; drafts are their askers' own affair.
  package func findings(
    in configuration: TenantConfiguration, given evidence: KeywordEvidence, beside open: [OpenRegistration] = []
  ) -> [LintFinding] {
    let found =
      form(in: configuration) + name(in: configuration) + organization(in: configuration) + people(in: configuration)
      + keywords(evidence) + wanted(by: open) + watchers(in: configuration)
    return found.filter { $0.severity == .error } + found.filter { $0.severity == .warning }
  }

  private func others(in configuration: TenantConfiguration) -> [Queue] {
    configuration.queues.values.filter { $0.id != own }.sorted { $0.name < $1.name }
  }

  private func form(in configuration: TenantConfiguration) -> [LintFinding] {
    var loose = wish
    // The pattern and the default assignee have kinds of their own.
    loose.draft = true
    var check = FieldCheck()
    loose.checkForm(in: configuration, &check)
    return check.violations.filter { $0.field != "default_assignee" }
      .map { LintFinding(.invalidField, .error, field: $0.field, "`\($0.field)` \($0.description)") }
  }

  private func name(in configuration: TenantConfiguration) -> [LintFinding] {
    var findings: [LintFinding] = []
    let shown = Rejection.shown(wish.name)
    if let pattern = wish.unmetPattern(in: configuration) {
      findings.append(
        LintFinding(
          .namePattern, .error, field: "name", value: wish.name,
          "`\(shown)` has not the form `\(pattern.text)`; choose one such as `\(pattern.example)`"))
    }
    for queue in others(in: configuration) where Self.bare(queue.name) == Self.bare(wish.name) {
      let state = queue.state == .active ? "" : ", which is retired"
      findings.append(
        queue.name == wish.name
          ? LintFinding(
            .nameTaken, .error, field: "name", value: wish.name, queue: queue.name,
            "there is a queue `\(shown)` already\(state); choose another name")
          : LintFinding(
            .nameSimilar, .warning, field: "name", value: wish.name, queue: queue.name,
            "`\(shown)` is easily taken for the queue `\(queue.name)`\(state)"))
    }
    return findings
  }

  /// Without case, `-` and `_`.
  private static func bare(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  private func organization(in configuration: TenantConfiguration) -> [LintFinding] {
    guard let organization = configuration.organization(named: wish.organization), wish.kind != nil else { return [] }
    return configuration.activeQueues(of: organization.id, kind: wish.kind).filter { $0.id != own }.map { queue in
      LintFinding(
        .organizationHasQueue, wish.additional ? .warning : .error, field: "organization", value: organization.name,
        queue: queue.name,
        "`\(organization.name)` has the queue `\(queue.name)`"
          + (wish.additional ? "; this one would be additional" : "; use it, or set `additional`"))
    }
  }

  private func people(in configuration: TenantConfiguration) -> [LintFinding] {
    var findings: [LintFinding] = []
    func known(_ field: String, _ handle: String) {
      guard configuration.person(withHandle: handle) == nil else { return }
      findings.append(
        LintFinding(
          .unknownPerson, .error, field: field, value: handle,
          "nobody here is `\(Rejection.shown(handle))`; correct the handle, or have the person made"))
    }
    for agent in wish.agents.prefix(Limits.agentsPerQueue) { known("agents", agent) }
    for watcher in wish.watchers.prefix(Limits.watchersPerQueue).map(NamedWatcher.init) where !watcher.isAddress {
      known("watchers", watcher.who)
    }
    if !wish.defaultAssignee.isEmpty, !wish.agents.contains(wish.defaultAssignee) {
      findings.append(
        LintFinding(
          .assigneeNotAgent, .error, field: "default_assignee", value: wish.defaultAssignee,
          "`\(Rejection.shown(wish.defaultAssignee))` would get the tickets and is no agent; add them to the agents"))
    }
    if wish.agents.isEmpty {
      findings.append(
        LintFinding(
          .noAgents, .warning, field: "agents", "the queue has no agents: only admins could handle its tickets"))
    }
    return findings
  }

  /// What others ask for at the same time. Who they are is said only to those who may see their registration.
  private func wanted(by open: [OpenRegistration]) -> [LintFinding] {
    let keywords = Dictionary(
      wish.keywords.prefix(Limits.keywordsPerQueue).map { (FoldedText($0).bytes, $0) }, uniquingKeysWith: { $1 })
    return open.filter { $0.registration.queue.id != own }.flatMap { other in
      let queue = other.registration.queue
      let who = other.isSeen ? "the registration of `\(queue.name)`" : "another registration"
      func finding(_ field: String, _ value: String) -> LintFinding {
        LintFinding(
          .wantedToo, .warning, field: field, value: value, queue: other.isSeen ? queue.name : "",
          "\(who), not answered yet, asks for `\(Rejection.shown(value))` too")
      }
      return (Self.bare(queue.name) == Self.bare(wish.name) ? [finding("name", wish.name)] : [])
        + queue.keywords.compactMap { keywords[FoldedText($0).bytes] }.map { finding("keywords", $0) }
    }
  }

  /// Those that would be told nothing for the time being.
  private func watchers(in configuration: TenantConfiguration) -> [LintFinding] {
    let former = FormerOptOuts(in: configuration)
    return wish.watchers.prefix(Limits.watchersPerQueue).map(NamedWatcher.init).compactMap { watcher in
      let shown = Rejection.shown(watcher.who)
      if hasOptedOut(watcher, former, in: configuration) {
        return LintFinding(
          .watcherOptedOut, .warning, field: "watchers", value: watcher.who,
          "`\(shown)` opted out of a retired queue of the organization and stays so; only they can opt in again")
      }
      guard watcher.isAddress else { return nil }
      return LintFinding(
        .addressUnconfirmed, .warning, field: "watchers", value: watcher.who,
        "`\(shown)` gets nothing until it confirms, or the admin who approves answers for it")
    }
  }

  private func hasOptedOut(
    _ watcher: NamedWatcher, _ former: FormerOptOuts, in configuration: TenantConfiguration
  ) -> Bool {
    guard let organization = configuration.organization(named: wish.organization)?.id else { return false }
    let who: Watcher.Who? =
      watcher.isAddress ? .address(watcher.who) : configuration.peopleByHandle[watcher.who].map(Watcher.Who.person)
    return who.flatMap { former.instant(of: $0, from: organization, beside: own) } != nil
  }

  private func keywords(_ evidence: KeywordEvidence) -> [LintFinding] {
    var findings: [LintFinding] = []
    let total = evidence.ticketCount
    for found in evidence.findings {
      let keyword = Rejection.shown(found.keyword)
      if !found.isUsable {
        findings.append(
          LintFinding(
            .keywordUnusable, .warning, field: "keywords", value: found.keyword,
            "`\(keyword)` can never match; it needs 1 to \(RuleLimits.phraseWords) words of letters or digits"))
      }
      for overlap in found.overlaps {
        findings.append(
          LintFinding(
            .keywordTaken, .warning, field: "keywords", value: found.keyword, queue: overlap.queue,
            count: overlap.both, outOf: overlap.either,
            overlap.either == 0
              ? "`\(keyword)` is a keyword of `\(overlap.queue)`; no past ticket has matched either"
              : "`\(keyword)` would also have hit `\(overlap.queue)` in \(overlap.both) of \(overlap.either)"))
      }
      if found.matched * 100 > total * Self.commonPercent {
        findings.append(
          LintFinding(
            .keywordTooCommon, .warning, field: "keywords", value: found.keyword, count: found.matched, outOf: total,
            "`\(keyword)` stands in \(found.matched) of \(total) past tickets, more than \(Self.commonPercent) %; "
              + "choose a narrower word or a phrase"))
      }
    }
    return findings
  }
}
