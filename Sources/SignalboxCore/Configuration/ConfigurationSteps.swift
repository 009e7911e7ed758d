/// What makes a tenant be as a document says, but for the retirement of queues: changes of what there is, and a plan for
/// each new thing, since its id is the revision of that plan.
struct ConfigurationSteps {
  private(set) var changes: [Change] = []
  private(set) var creations: [Plan] = []
  /// Mail to addresses that come to watch queues which are there already.
  private(set) var mails: [OutboxRecipient] = []
  private let situation: Situation
  private var secrets: ArraySlice<WatcherSecret>
  /// By name, those that are made among them.
  private var organizations: [String: OrganizationID]
  private var people: [String: PersonID]
  private var groups: [String: GroupID]
  private var queues: [String: QueueID]

  private var configuration: TenantConfiguration { situation.configuration }

  /// - Parameters:
  ///   - rulesHash: SHA-256 of the target's rules.
  ///   - keptRules: the set with this hash, if one is kept.
  ///   - secrets: for the mails to new addresses; without any no mail is made.
  init(
    to target: ConfigurationTarget, rulesHash: [UInt8], keptRules: RuleSetRecord?, secrets: [WatcherSecret],
    in situation: Situation
  ) throws(Rejection) {
    self.situation = situation
    self.secrets = secrets[...]
    organizations = situation.configuration.organizationsByName.dictionary
    people = situation.configuration.peopleByHandle.dictionary
    groups = situation.configuration.groupsByName.dictionary
    queues = situation.configuration.queuesByName.dictionary
    if let settings = target.target.settings, settings != target.current.settings {
      changes.append(.updateTenantSettings(settings))
    }
    for organization in target.target.organizations ?? [] { try put(organization) }
    for person in target.target.people ?? [] { try put(person) }
    for group in target.target.groups ?? [] { try put(group) }
    for queue in target.target.queues ?? [] { try put(queue) }
    try putGrants(target)
    remove(target)
    if let types = target.target.ticketTypes, types != target.current.ticketTypes {
      changes.append(.putTicketTypes(types))
    }
    if let rules = target.target.rules, rules != target.current.rules {
      let title = try? RuleSetSource.parse(rules)
      let actor = situation.principal.actor
      var record =
        keptRules
        ?? RuleSetRecord(
          name: title?.name.value ?? "", version: Int64(title?.version ?? 0), hash: rulesHash, text: rules,
          keptAt: situation.now, keptBy: actor)
      record.activation = .init(at: situation.now, by: actor)
      changes += [.keepRules(record), .activateRules(record)]
    }
  }

  /// The id of the next new thing: the plan of the document itself has the first revision.
  private var nextID: Int64 { situation.revision.value + 1 + Int64(creations.count) }

  private mutating func create(
    _ change: Change, _ event: Event, with others: [Change] = [], outbox: [OutboxRecipient] = []
  ) {
    creations.append(Plan(changes: [change] + others, event: event, outbox: outbox))
  }

  private mutating func put(_ wanted: TenantDocument.Organization) throws(Rejection) {
    guard let kind = wanted.kind else { throw Rejection(.invalidField, "the kind of an organization is missing") }
    let known = organizations[wanted.name] ?? configuration.formerOrganizations[wanted.name]
    let id = known ?? OrganizationID(nextID)
    organizations[wanted.name] = id
    let organization = Organization(id: id, name: wanted.name, kind: kind, displayName: wanted.displayName)
    if known == nil {
      let fields = Event.made(("kind", kind.rawValue), ("display_name", wanted.displayName))
      create(.insertOrganization(organization), Event(.organizationCreated, subject: wanted.name, changes: fields))
    } else if configuration.organizations[id] != organization {
      changes.append(.updateOrganization(organization))
    }
  }

  private mutating func put(_ wanted: TenantDocument.Person) throws(Rejection) {
    let known = people[wanted.handle] ?? configuration.formerPeople[wanted.handle]
    let id = known ?? PersonID(nextID)
    people[wanted.handle] = id
    let organization = wanted.organization.isEmpty ? nil : try self.organization(wanted.organization)
    let person = Person(
      id: id, handle: wanted.handle, displayName: wanted.displayName, email: wanted.email, organization: organization,
      absence: configuration.people[id]?.absence,
      availability: configuration.people[id]?.availability ?? Availability())
    if known == nil {
      let fields = Event.made(
        ("display_name", wanted.displayName), ("email", wanted.email), ("organization", wanted.organization))
      create(.insertPerson(person), Event(.personCreated, subject: wanted.handle, changes: fields))
    } else if configuration.people[id] != person {
      changes.append(.updatePerson(person))
    }
  }

  private mutating func put(_ wanted: TenantDocument.Group) throws(Rejection) {
    let known = groups[wanted.name]
    let id = known ?? GroupID(nextID)
    groups[wanted.name] = id
    let group = Group(
      id: id, name: wanted.name, displayName: wanted.displayName, members: try ids(of: wanted.members))
    if known == nil {
      let fields = Event.made(("members", wanted.members.joined(separator: ", ")))
      create(.insertGroup(group), Event(.groupCreated, subject: wanted.name, changes: fields))
    } else if configuration.groups[id] != group {
      changes.append(.updateGroup(group))
    }
  }

  private mutating func put(_ wanted: TenantDocument.Queue) throws(Rejection) {
    guard let kind = wanted.kind else { throw Rejection(.invalidField, "the kind of a queue is missing") }
    let known = queues[wanted.name].flatMap { configuration.queues[$0] }
    let id = known?.id ?? QueueID(nextID)
    queues[wanted.name] = id
    let watchers = try watchers(wanted.watchers, of: known)
    let queue = Queue(
      id: id, name: wanted.name, kind: kind, organization: try organization(wanted.organization),
      description: wanted.description, agents: try ids(of: wanted.agents), watchers: watchers,
      defaultAssignee: wanted.defaultAssignee.isEmpty ? nil : try self.id(of: wanted.defaultAssignee),
      keywords: wanted.keywords, state: .active)
    let (tokens, mails) = confirmations(of: queue, since: known)
    if known == nil {
      let fields = Event.made(
        ("kind", kind.rawValue), ("organization", wanted.organization),
        ("agents", wanted.agents.joined(separator: ", ")), ("default_assignee", wanted.defaultAssignee))
      create(
        .insertQueue(queue), Event(.queueCreated, queueAfter: id, subject: wanted.name, changes: fields),
        with: tokens, outbox: mails)
    } else if known != queue {
      changes += [.updateQueue(queue)] + tokens
      self.mails += mails
    }
  }

  /// Who watches already stays so, with the events that are wanted now; who opted out stays out. The admin who applies the
  /// document answers for the addresses in it.
  private func watchers(_ wanted: [String], of queue: Queue?) throws(Rejection) -> [Watcher] {
    let present = queue?.watchers ?? []
    var watchers: [Watcher] = []
    for named in wanted.map(NamedWatcher.init) {
      let who: Watcher.Who = named.isAddress ? .address(named.who) : .person(try id(of: named.who))
      let events = named.events ?? .usual
      if var known = present.first(where: { $0.who.isNamed(by: who) }) {
        known.events = events
        watchers.append(known)
      } else {
        let actor = situation.principal.actor
        watchers.append(
          Watcher(
            who, events: events, addedBy: actor, addedAt: situation.now, confirmedBy: named.isAddress ? actor : nil,
            confirmedAt: named.isAddress ? situation.now : nil))
      }
    }
    // Of people who are removed too: they may come back, and have not changed their mind.
    return watchers + present.filter { $0.optedOutAt != nil }
  }

  /// For addresses that are new to the queue: the token by which they opt out, and the mail that carries it.
  private mutating func confirmations(of queue: Queue, since known: Queue?) -> ([Change], [OutboxRecipient]) {
    var (changes, mails): ([Change], [OutboxRecipient]) = ([], [])
    for watcher in queue.watchers {
      guard case .address(let address) = watcher.who, !secrets.isEmpty,
        !(known?.watchers.contains { $0.who.isNamed(by: watcher.who) } ?? false)
      else { continue }
      let (token, mail) = QueueWatcher(queue: queue, watcher: watcher)
        .confirmation(address, secrets.removeFirst(), in: situation)
      changes.append(.putWatcherToken(token))
      mails.append(mail)
    }
    return (changes, mails)
  }

  private mutating func putGrants(_ target: ConfigurationTarget) throws(Rejection) {
    let woken = wokenQueues
    let wanted = Set(target.target.grants ?? [])
    var held: Set<TenantDocument.Grant> = []
    for grant in configuration.grants.values.sorted(by: { $0.id.value < $1.id.value }) {
      if let known = TenantDocument.Grant(grant, in: configuration) {
        held.insert(known)
        if !wanted.contains(known) { changes.append(.deleteGrant(grant.id)) }
      } else if case .queue(let queue) = grant.scope, woken.contains(queue), grant.grantee.isNamed {
        // Left from before the queue was retired; the document says what holds now.
        changes.append(.deleteGrant(grant.id))
      }
    }
    for grant in target.target.grants ?? [] where !held.contains(grant) {
      guard let role = grant.role, let who = grant.grantee, let place = grant.scope else { continue }
      let made = Grant(
        id: GrantID(nextID), grantee: try grantee(who), role: role, scope: try scope(place),
        grantedBy: situation.principal.actor, grantedAt: situation.now)
      let change = Event.FieldChange("role", from: nil, to: grant.text)
      create(.insertGrant(made), Event(.roleGranted, subject: grant.subject, changes: [change]))
    }
  }

  /// Retired queues that become active again.
  private var wokenQueues: Set<QueueID> {
    Set(
      changes.compactMap { change in
        guard case .updateQueue(let queue) = change else { return nil }
        return configuration.queues[queue.id]?.state == .retired ? queue.id : nil
      })
  }

  private mutating func remove(_ target: ConfigurationTarget) {
    for name in target.removedGroups.sorted() {
      if let id = configuration.groupsByName[name] { changes.append(.deleteGroup(id)) }
    }
    for handle in target.removedPeople.sorted() {
      guard var person = configuration.person(withHandle: handle) else { continue }
      person.isRemoved = true
      person.absence = nil
      changes.append(.updatePerson(person))
    }
    for name in target.removedOrganizations.sorted() {
      guard var organization = configuration.organization(named: name) else { continue }
      organization.isRemoved = true
      changes.append(.updateOrganization(organization))
    }
  }

  // MARK: Names

  private func organization(_ name: String) throws(Rejection) -> OrganizationID {
    guard let id = organizations[name] else { throw .notFound(.organizationNotFound, "organization", name) }
    return id
  }

  private func id(of handle: String) throws(Rejection) -> PersonID {
    guard let id = people[handle] else { throw .notFound(.personNotFound, "person", handle) }
    return id
  }

  private func ids(of handles: [String]) throws(Rejection) -> [PersonID] {
    var ids: [PersonID] = []
    for handle in handles { ids.append(try id(of: handle)) }
    return ids
  }

  private func grantee(_ grantee: TenantDocument.Grant.Grantee) throws(Rejection) -> Grant.Grantee {
    switch grantee {
    case .person(let handle): return .person(try id(of: handle))
    case .group(let name):
      guard let id = groups[name] else { throw .notFound(.groupNotFound, "group", name) }
      return .group(id)
    }
  }

  private func scope(_ scope: TenantDocument.Grant.Scope) throws(Rejection) -> Grant.Scope {
    switch scope {
    case .tenant: return .tenant
    case .organization(let name): return .organization(try organization(name))
    case .queue(let name):
      guard let id = queues[name] else { throw .notFound(.queueNotFound, "queue", name) }
      return .queue(id)
    }
  }
}

extension Grant.Grantee {
  /// Whether documents speak of it.
  fileprivate var isNamed: Bool {
    switch self {
    case .person, .group: true
    case .token: false
    }
  }
}

extension TenantDocument.Grant {
  fileprivate var subject: String {
    switch grantee {
    case .person(let handle): "person `\(handle)`"
    case .group(let name): "group `\(name)`"
    case nil: ""
    }
  }
}
