/// How a tenant will be once a document is applied, by names, and what stands in the way of what it removes.
struct ConfigurationTarget {
  /// As it is.
  let current: TenantDocument
  /// As it will be: with every section, and without what goes together with what is removed.
  private(set) var target: TenantDocument
  private(set) var removedQueues: Set<String> = []
  private(set) var removedPeople: Set<String> = []
  private(set) var removedOrganizations: Set<String> = []
  private(set) var removedGroups: Set<String> = []
  /// Why it is refused unless it is forced, and why it is refused in any case; one sentence each.
  private(set) var uses: [String] = []
  private(set) var obstacles: [String] = []

  init(_ document: TenantDocument, on current: TenantDocument, in configuration: TenantConfiguration) {
    let document = document.withoutThoseWhoOptedOut(in: configuration)
    self.current = current
    target = current
    target.tenant = current.tenant
    target.settings = document.settings ?? current.settings
    target.organizations = document.organizations ?? current.organizations
    target.people = document.people ?? current.people
    target.groups = document.groups ?? current.groups
    target.queues = document.queues ?? current.queues
    target.grants = document.grants ?? current.grants
    target.ticketTypes = document.ticketTypes ?? current.ticketTypes
    target.rules = document.rules ?? current.rules
    removedOrganizations = Self.removed(current.organizations, target.organizations, \.name)
    removedPeople = Self.removed(current.people, target.people, \.handle)
    removedGroups = Self.removed(current.groups, target.groups, \.name)
    removedQueues = Self.removed(current.queues, target.queues, \.name)
    dropOrganizations()
    dropPeople()
    dropGrants()
  }

  private static func removed<Entry>(_ before: [Entry]?, _ after: [Entry]?, _ name: (Entry) -> String) -> Set<String> {
    Set((before ?? []).map(name)).subtracting((after ?? []).map(name))
  }

  /// A section that the document has names nothing that it removes, so what is changed here are sections it leaves out.
  private mutating func dropOrganizations() {
    guard !removedOrganizations.isEmpty else { return }
    let queuesOf = Dictionary(grouping: target.queues ?? [], by: \.organization)
    let peopleOf = Dictionary(grouping: target.people ?? [], by: \.organization)
    for name in removedOrganizations.sorted() {
      let queues = (queuesOf[name] ?? []).map { "`\($0.name)`" }
      if !queues.isEmpty {
        obstacles.append(
          "organization `\(name)` has queues: \(Rejection.listed(queues)); give them to another one, or remove them too"
        )
      }
      let people = (peopleOf[name] ?? []).map { "`\($0.handle)`" }
      if !people.isEmpty { uses.append("organization `\(name)` has people: \(Rejection.listed(people))") }
    }
    target.people = target.people?.map { person in
      var person = person
      if removedOrganizations.contains(person.organization) { person.organization = "" }
      return person
    }
  }

  private mutating func dropPeople() {
    guard !removedPeople.isEmpty else { return }
    target.groups = target.groups?.map { group in
      var group = group
      group.members.removeAll(where: removedPeople.contains)
      return group
    }
    var agents: [String: [String]] = [:]
    target.queues = target.queues?.map { queue in
      var queue = queue
      for agent in queue.agents where removedPeople.contains(agent) {
        agents[agent, default: []].append("`\(queue.name)`")
      }
      queue.agents.removeAll(where: removedPeople.contains)
      queue.watchers.removeAll { removedPeople.contains(NamedWatcher($0).who) }
      if removedPeople.contains(queue.defaultAssignee) { queue.defaultAssignee = "" }
      return queue
    }
    uses += agents.sorted { $0.key < $1.key }.map { "person `\($0.key)` is an agent of \(Rejection.listed($0.value))" }
  }

  private mutating func dropGrants() {
    target.grants = target.grants?.filter { grant in
      switch grant.grantee {
      case .person(let handle)?: if removedPeople.contains(handle) { return false }
      case .group(let name)?: if removedGroups.contains(name) { return false }
      case nil: break
      }
      switch grant.scope {
      case .organization(let name)?: return !removedOrganizations.contains(name)
      case .queue(let name)?: return !removedQueues.contains(name)
      case .tenant?, nil: return true
      }
    }
  }
}

extension TenantDocument {
  /// Whoever opted out of watching a queue is no part of what documents say of it.
  fileprivate func withoutThoseWhoOptedOut(in configuration: TenantConfiguration) -> TenantDocument {
    var document = self
    let former = FormerOptOuts(in: configuration)
    document.queues = queues?.map { queue in
      var queue = queue
      let known = configuration.queue(named: queue.name)
      let organization = configuration.organization(named: queue.organization)?.id
      queue.watchers.removeAll { text in
        let named = NamedWatcher(text)
        let person = configuration.peopleByHandle[named.who].map(Watcher.Who.person)
        guard let who = named.isAddress ? .address(named.who) : person else { return false }
        if let watcher = known?.watchers.first(where: { configuration.isSame($0.who, who) }) {
          return watcher.optedOutAt != nil
        }
        return organization.flatMap { former.instant(of: who, from: $0, beside: known?.id) } != nil
      }
      return queue
    }
    return document
  }
}
