/// An organization asks for a queue; an admin approves or declines.
package struct RegisterQueue: Sendable {
  package var name: String
  package var kind: Queue.Kind?
  package var organization: String
  package var description: String
  /// Handles.
  package var agents: [String]
  /// Handles or bare addresses.
  package var watchers: [String]
  /// Handle, one of the agents; empty for none.
  package var defaultAssignee: String
  package var keywords: [String]

  package init(
    name: String, kind: Queue.Kind?, organization: String, description: String, agents: [String], watchers: [String],
    defaultAssignee: String, keywords: [String]
  ) {
    self.name = name
    self.kind = kind
    self.organization = organization
    self.description = description
    self.agents = agents
    self.watchers = watchers
    self.defaultAssignee = defaultAssignee
    self.keywords = keywords
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<QueueRegistration> {
    try checkFields(in: situation)
    guard let kind else { throw Rejection(.invalidField, "`kind` is required") }
    guard let organization = situation.configuration.organization(named: organization) else {
      throw .notFound(.organizationNotFound, "organization", organization)
    }
    guard situation.access.speaks(for: organization.id) else {
      throw Rejection(
        .notPermitted, "only members of `\(organization.name)` ask for its queues; ask one of them or a tenant admin")
    }
    try Self.requireFreeName(name, in: situation)

    var agentIDs: [PersonID] = []
    for handle in agents { agentIDs.append(try situation.person(withHandle: handle).id) }
    var watcherIDs: [Queue.Watcher] = []
    for watcher in watchers {
      let isAddress = FieldCheck.isAddress(watcher)
      watcherIDs.append(isAddress ? .address(watcher) : .person(try situation.person(withHandle: watcher).id))
    }
    let assignee = defaultAssignee.isEmpty ? nil : try situation.person(withHandle: defaultAssignee).id
    let queue = Queue(
      id: QueueID(situation.revision.value), name: name, kind: kind, organization: organization.id,
      description: description, agents: agentIDs, watchers: watcherIDs, defaultAssignee: assignee, keywords: keywords,
      state: .active)
    let registration = QueueRegistration(
      id: RegistrationID(situation.revision.value), state: .submitted, queue: queue, askedBy: situation.principal.actor,
      askedAt: situation.now)
    return Decided(
      registration,
      Plan(changes: [.insertRegistration(registration)], event: Event(.queueRegistered, subject: name)))
  }

  static func requireFreeName(_ name: String, in situation: Situation) throws(Rejection) {
    guard situation.configuration.queue(named: name) == nil else {
      throw Rejection(.alreadyExists, "there is a queue `\(name)` already; use it, or choose another name")
    }
  }

  private func checkFields(in situation: Situation) throws(Rejection) {
    var check = FieldCheck()
    check.name("name", name)
    if kind == nil { check.add("kind", "is required") }
    if let pattern = NamePattern(situation.configuration.tenant.settings.awardeeQueuePattern), kind == .awardee,
      !pattern.matches(name)
    {
      check.add("name", "of an awardee's queue must have the form `\(pattern.text)`")
    }
    check.line("description", description, atMost: Limits.descriptionLength, required: false)
    check.count("agents", agents.count, atMost: Limits.agentsPerQueue)
    check.count("watchers", watchers.count, atMost: Limits.watchersPerQueue)
    check.lines("keywords", keywords, atMost: Limits.keywordsPerQueue, length: Limits.keywordLength)
    // Nothing below is looked at in a request that is too large.
    try check.finish()
    for (field, values) in [("agents", agents), ("watchers", watchers), ("keywords", keywords)] {
      var seen: Set<String> = []
      for value in values where !seen.insert(value).inserted {
        check.add(field, "names `\(Rejection.shown(value))` twice")
      }
    }
    if !defaultAssignee.isEmpty, !agents.contains(defaultAssignee) {
      check.add("default_assignee", "must be one of the agents; add `\(Rejection.shown(defaultAssignee))` to them")
    }
    try check.finish()
  }
}
