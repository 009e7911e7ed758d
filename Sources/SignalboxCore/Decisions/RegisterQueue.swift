/// An organization asks for a queue; an admin approves or declines.
package struct RegisterQueue: Sendable {
  package var name: String
  package var kind: Queue.Kind?
  package var organization: String
  package var description: String
  /// Handles.
  package var agents: [String]
  /// As `NamedWatcher` reads them.
  package var watchers: [String]
  /// Handle, one of the agents; empty for none.
  package var defaultAssignee: String
  package var keywords: [String]
  /// Kept by the asker for the time being: whether it may be asked for is looked at when it is submitted.
  package var draft: Bool
  /// Asked for although the organization has a queue of the kind.
  package var additional: Bool

  package init(
    name: String, kind: Queue.Kind?, organization: String, description: String, agents: [String], watchers: [String],
    defaultAssignee: String, keywords: [String], draft: Bool = false, additional: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.organization = organization
    self.description = description
    self.agents = agents
    self.watchers = watchers
    self.defaultAssignee = defaultAssignee
    self.keywords = keywords
    self.draft = draft
    self.additional = additional
  }

  /// - Parameter facts: only who the admins are; there is no registration yet.
  package func decide(
    in situation: Situation, given facts: RegistrationFacts = RegistrationFacts(registration: nil)
  ) throws(Rejection) -> Decided<QueueRegistration> {
    try checkForm(in: situation.configuration)
    let organization = try asker(in: situation)
    if !draft {
      try Self.requireFreeName(name, in: situation)
      try checkThatNoneServes(organization.id, in: situation)
    }
    try situation.requireRoom(for: .openRegistrations)
    let queue = try queue(QueueID(situation.revision.value), of: organization.id, in: situation)
    let registration = QueueRegistration(
      id: RegistrationID(situation.revision.value), state: draft ? .draft : .submitted, queue: queue,
      isAdditional: additional, askedBy: situation.principal.actor, askedAt: situation.now)
    let event = Event(
      draft ? .registrationDrafted : .queueRegistered, registration, before: registration.state,
      fields: changes(since: RegisterQueue.nothing))
    return Decided(
      registration,
      Plan(
        changes: [.insertRegistration(registration)], event: event,
        outbox: situation.recipients(of: registration, facts, reachesAdmins: !draft)))
  }

  /// The organization that asks, if the caller may ask in its name.
  package func asker(in situation: Situation) throws(Rejection) -> Organization {
    let organization = try situation.organization(named: organization)
    try situation.requireVerb(.manageQueue, to: "ask for a queue")
    guard situation.access.speaks(for: organization.id) else {
      throw Rejection(
        .notPermitted, "only members of `\(organization.name)` ask for its queues; ask one of them or a tenant admin")
    }
    return organization
  }

  /// The queue as it would be made. Throws for people whom nobody knows.
  func queue(
    _ id: QueueID, of organization: OrganizationID, in situation: Situation
  ) throws(Rejection) -> Queue {
    try checkForm(in: situation.configuration)
    guard let kind else { throw Rejection(.invalidField, "`kind` is required") }
    var agentIDs: [PersonID] = []
    for handle in agents { agentIDs.append(try situation.person(withHandle: handle).id) }
    var watcherRecords: [Watcher] = []
    for watcher in watchers.map(NamedWatcher.init) {
      watcherRecords.append(
        Watcher(
          watcher.isAddress ? .address(watcher.who) : .person(try situation.person(withHandle: watcher.who).id),
          events: watcher.events ?? .usual, addedBy: situation.principal.actor, addedAt: situation.now))
    }
    let assignee = defaultAssignee.isEmpty ? nil : try situation.person(withHandle: defaultAssignee).id
    return Queue(
      id: id, name: name, kind: kind, organization: organization, description: description, agents: agentIDs,
      watchers: watcherRecords, defaultAssignee: assignee, keywords: keywords, state: .active)
  }

  /// Whether the name has the tenant's form and is free.
  func checkName(in situation: Situation) throws(Rejection) {
    var check = FieldCheck()
    checkPattern(in: situation.configuration.tenant.settings, &check)
    try check.finish()
    try Self.requireFreeName(name, in: situation)
  }

  static func requireFreeName(_ name: String, in situation: Situation) throws(Rejection) {
    guard situation.configuration.queue(named: name) == nil else {
      throw Rejection(.alreadyExists, "there is a queue `\(name)` already; use it, or choose another name")
    }
  }

  /// An organization that has an active queue of the kind is offered that one first.
  func checkThatNoneServes(_ organization: OrganizationID, in situation: Situation) throws(Rejection) {
    guard !additional else { return }
    let names = situation.configuration.activeQueues(of: organization, kind: kind).map { "`\($0.name)`" }
    guard !names.isEmpty else { return }
    throw Rejection(
      .organizationHasQueue,
      "`\(self.organization)` has a queue of this kind: \(Rejection.listed(names)); "
        + "use that, or set `additional` to ask for one more")
  }

  func checkForm(in configuration: TenantConfiguration) throws(Rejection) {
    var check = FieldCheck()
    checkForm(in: configuration, &check)
    try check.finish()
  }

  func checkForm(in configuration: TenantConfiguration, _ check: inout FieldCheck) {
    checkForm(in: configuration.tenant.settings, &check)
  }

  func checkForm(in settings: Tenant.Settings, _ check: inout FieldCheck) {
    check.name("name", name)
    if kind == nil { check.add("kind", "is required") }
    if !draft { checkPattern(in: settings, &check) }
    check.line("description", description, atMost: Limits.descriptionLength, required: false)
    check.count("agents", agents.count, atMost: Limits.agentsPerQueue)
    check.count("watchers", watchers.count, atMost: Limits.watchersPerQueue)
    check.lines("keywords", keywords, atMost: Limits.keywordsPerQueue, length: Limits.keywordLength)
    // Nothing below is looked at in a request that is too large.
    guard check.violations.isEmpty else { return }
    let named = watchers.map(NamedWatcher.init)
    for (field, values) in [("agents", agents), ("watchers", named.map(\.key)), ("keywords", keywords)] {
      var seen: Set<String> = []
      for value in values where !seen.insert(value).inserted {
        check.add(field, "names `\(Rejection.shown(value))` twice")
      }
    }
    for watcher in named {
      if watcher.events == nil {
        check.add(
          "watchers",
          "wants `\(Rejection.shown(watcher.who))` told of something that is none of \(WatcherEvents.all.text)")
      }
      if watcher.isAddress { check.line("watchers", watcher.who, atMost: Limits.addressLength) }
    }
    if !defaultAssignee.isEmpty, !agents.contains(defaultAssignee) {
      check.add("default_assignee", "must be one of the agents; add `\(Rejection.shown(defaultAssignee))` to them")
    }
  }

  func checkPattern(in settings: Tenant.Settings, _ check: inout FieldCheck) {
    guard let pattern = unmetPattern(in: settings), let kind else { return }
    check.add("name", "of \(kind.owner) queue must have the form `\(pattern.text)`, such as `\(pattern.example)`")
  }

  /// The tenant's pattern for names of the kind, if the name does not have its form.
  func unmetPattern(in configuration: TenantConfiguration) -> NamePattern? {
    unmetPattern(in: configuration.tenant.settings)
  }

  private func unmetPattern(in settings: Tenant.Settings) -> NamePattern? {
    guard let kind, let pattern = NamePattern(settings.queuePattern(of: kind)), !pattern.matches(name) else {
      return nil
    }
    return pattern
  }
}

extension Queue.Kind {
  fileprivate var owner: String {
    switch self {
    case .resourceProvider: "a resource provider's"
    case .awardee: "an awardee's"
    case .internal: "an internal"
    }
  }
}

extension TenantConfiguration {
  /// By name; of any kind if that is nil.
  func activeQueues(of organization: OrganizationID, kind: Queue.Kind?) -> [Queue] {
    queues.values
      .filter { $0.organization == organization && $0.state == .active && (kind == nil || $0.kind == kind) }
      .sorted { $0.name < $1.name }
  }
}
