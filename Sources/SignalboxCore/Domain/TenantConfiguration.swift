/// All that decisions look at of a tenant beside the one thing they are about: settings, organizations, people,
/// queues and the active rules, as of one revision. It never changes: whoever holds one sees no later change.
///
/// A class, because it goes through many hands on the way of every call: one reference is counted, not one for each table.
package final class TenantConfiguration: Sendable {
  /// Tells one configuration from another even where both were to become the same version, as when a commit fails.
  package final class Identity: Sendable {}

  package let identity = Identity()
  private let tables: Tables

  package var tenant: Tenant { tables.tenant }
  /// The revision of the last change to any of this. Two configurations of a tenant with the same version are equal.
  package var version: Revision { tables.version }
  package var organizations: SharedMap<OrganizationID, Organization> { tables.organizations }
  package var organizationsByName: SharedMap<String, OrganizationID> { tables.organizationsByName }
  package var people: SharedMap<PersonID, Person> { tables.people }
  package var peopleByHandle: SharedMap<String, PersonID> { tables.peopleByHandle }
  package var queues: SharedMap<QueueID, Queue> { tables.queues }
  package var queuesByName: SharedMap<String, QueueID> { tables.queuesByName }
  package var queuesByAgent: SharedMap<PersonID, Set<QueueID>> { tables.queuesByAgent }
  package var groups: SharedMap<GroupID, Group> { tables.groups }
  package var groupsByName: SharedMap<String, GroupID> { tables.groupsByName }
  package var groupsByMember: SharedMap<PersonID, [GroupID]> { tables.groupsByMember }
  package var grants: SharedMap<GrantID, Grant> { tables.grants }
  package var rules: ActiveRules? { tables.rules }
  /// The same in configurations in which rules are checked, compiled and tested with the same result.
  var groundOfRules: Identity { tables.groundOfRules }
  /// What runs beside them; nil unless somebody has asked for it.
  package var shadow: ShadowRules? { tables.shadow }
  /// In the order in which they are listed.
  package var ticketTypes: [TicketType] { tables.ticketTypes }
  /// Those that were removed, by the name that they have back when they are made again.
  var formerOrganizations: [String: OrganizationID] { tables.formerOrganizations }
  var formerPeople: [String: PersonID] { tables.formerPeople }

  package init(
    tenant: Tenant, version: Revision, organizations: [Organization] = [], people: [Person] = [], queues: [Queue] = [],
    groups: [Group] = [], grants: [Grant] = [], rules: RuleSetRecord? = nil, ticketTypes: [TicketType] = [],
    shadow: ShadowRecord? = nil
  ) {
    var tables = Tables(tenant: tenant, version: version)
    for organization in organizations { tables.put(organization) }
    for person in people { tables.put(person) }
    for queue in queues { tables.put(queue) }
    for group in groups { tables.put(group) }
    for grant in grants { tables.add(grant) }
    if let rules { tables.activate(rules) }
    tables.put(shadow)
    tables.ticketTypes = ticketTypes
    self.tables = tables
  }

  private init(_ tables: Tables) { self.tables = tables }

  package func organization(named name: String) -> Organization? {
    organizationsByName[name].flatMap { organizations[$0] }
  }

  package func person(withHandle handle: String) -> Person? {
    peopleByHandle[handle].flatMap { people[$0] }
  }

  package func queue(named name: String) -> Queue? {
    queuesByName[name].flatMap { queues[$0] }
  }

  package func group(named name: String) -> Group? {
    groupsByName[name].flatMap { groups[$0] }
  }

  /// People who hold the right by a grant, directly or by a group, in the order of their ids.
  var administratorsByGrant: [PersonID] {
    var people: Set<PersonID> = []
    for grantee in tables.administrators {
      switch grantee {
      case .person(let person): people.insert(person)
      case .group(let group): people.formUnion(groups[group]?.members ?? [])
      case .token: continue
      }
    }
    return people.sorted { $0.value < $1.value }
  }

  package func grants(to grantee: Grant.Grantee) -> [Grant] { tables.grantsByGrantee[grantee] ?? [] }

  /// Nil for whom nothing was ever granted.
  func heldRights(of grantee: Grant.Grantee) -> HeldRights? { tables.rightsByGrantee[grantee] }

  /// Name of the organization of the person with this e-mail address; of several, of the one who was there first.
  func organization(ofAddress address: String) -> String? {
    let person = tables.peopleByAddress[address.lowercased()]?.min { $0.value < $1.value }.flatMap { people[$0] }
    return person?.organization.flatMap { organizations[$0]?.name }
  }

  /// The configuration after a committed plan, without reading it again from the store.
  ///
  /// - Parameter compiled: The rules that the plan puts in force or in the shadow, or those in force as they are after it,
  ///   where they are compiled already.
  package func applying(
    _ changes: [Change], at revision: Revision, compiled: ActiveRules? = nil
  ) -> TenantConfiguration {
    applying(changes, at: revision, compiled: compiled, rulesFollow: true)
  }

  /// - Parameter rulesFollow: False for a step on the way to another configuration, in which no ticket is routed: the rules
  ///   go on as they were compiled, whatever becomes of the queues.
  func applying(
    _ changes: [Change], at revision: Revision, compiled: ActiveRules? = nil, rulesFollow: Bool
  ) -> TenantConfiguration {
    var next = tables
    var (changed, queuesChanged) = (false, false)
    var rules: RuleSetRecord?
    var shadow = next.shadow?.record
    var removedGrants: [GrantID] = []
    for change in changes {
      switch change {
      case .updateTenantSettings(let settings):
        next.tenant.settings = settings
      case .updateTenantQuotas(let quotas):
        next.tenant.quotas = quotas
      case .insertOrganization(let organization), .updateOrganization(let organization):
        next.put(organization)
      case .insertPerson(let person), .updatePerson(let person):
        next.put(person)
      case .updateAbsence(let person), .updateAvailability(let person):
        // Often, and nothing that people are found by.
        next.people[person.id] = person
      case .insertGroup(let group), .updateMembers(let group), .updateGroup(let group):
        next.put(group)
      case .deleteGroup(let group):
        next.remove(group)
      case .insertGrant(let grant):
        next.add(grant)
      case .deleteGrant(let grant):
        removedGrants.append(grant)
      case .insertQueue(let queue), .updateQueueState(let queue), .updateQueue(let queue):
        next.put(queue)
        queuesChanged = true
      case .activateRules(let record):
        rules = record
      case .insertWatcher(let watcher, let queue):
        next.queues[queue]?.watchers.append(watcher)
      case .updateWatcher(let watcher, let queue):
        guard let place = next.queues[queue]?.watchers.firstIndex(where: { $0.who == watcher.who }) else { break }
        next.queues[queue]?.watchers[place] = watcher
      case .deleteWatcher(let who, let queue):
        next.queues[queue]?.watchers.removeAll { $0.who == who }
      case .putTicketTypes(let types):
        next.ticketTypes = types
      case .setShadowRules(let record):
        shadow = record
      case .insertTenant, .insertToken, .revokeToken, .rotateToken, .insertRegistration, .updateRegistration,
        .amendRegistration, .keepRules, .insertTicket, .updateTicket, .editTicket, .insertComment, .putWatcherToken,
        .keepConfigurationVersion, .putWait, .notePick, .noteShadow:
        continue
      }
      next.version = revision
      changed = true
    }
    next.remove(removedGrants)
    if changes.contains(where: \.touchesGroundOfRules) { next.groundOfRules = Identity() }
    // The rules hold the queues' keywords and states.
    let rulesAreBehind = queuesChanged && rulesFollow
    if let record = rules ?? next.rules?.record, compiled?.record.hash == record.hash {
      next.rules = compiled?.kept(as: record)
    } else if let rules {
      next.activate(rules)
    }
    if shadow != next.shadow?.record { next.put(shadow, compiled: compiled) }
    if rulesAreBehind {
      next.updateRules()
      next.updateShadow()
    }
    // The same as long as nothing in it has changed.
    return changed ? TenantConfiguration(next) : self
  }
}

/// What a configuration is made of, while it is being made.
private struct Tables {
  var tenant: Tenant
  var version: Revision
  var organizations = SharedMap<OrganizationID, Organization>()
  var organizationsByName = SharedMap<String, OrganizationID>()
  var people = SharedMap<PersonID, Person>()
  var peopleByHandle = SharedMap<String, PersonID>()
  /// Those who are not removed, in no order; most addresses have one.
  var peopleByAddress = SharedMap<String, [PersonID]>()
  var queues = SharedMap<QueueID, Queue>()
  var queuesByName = SharedMap<String, QueueID>()
  var queuesByAgent = SharedMap<PersonID, Set<QueueID>>()
  var groups = SharedMap<GroupID, Group>()
  var groupsByName = SharedMap<String, GroupID>()
  var groupsByMember = SharedMap<PersonID, [GroupID]>()
  var grants = SharedMap<GrantID, Grant>()
  var grantsByGrantee = SharedMap<Grant.Grantee, [Grant]>()
  var rightsByGrantee = SharedMap<Grant.Grantee, HeldRights>()
  /// To whom the right is granted in the whole tenant.
  var administrators: Set<Grant.Grantee> = []
  var rules: ActiveRules?
  var groundOfRules = TenantConfiguration.Identity()
  var shadow: ShadowRules?
  var ticketTypes: [TicketType] = []
  var formerOrganizations: [String: OrganizationID] = [:]
  var formerPeople: [String: PersonID] = [:]

  init(tenant: Tenant, version: Revision) {
    self.tenant = tenant
    self.version = version
  }

  mutating func put(_ organization: Organization) {
    organizations[organization.id] = organization
    organizationsByName[organization.name] = organization.isRemoved ? nil : organization.id
    formerOrganizations[organization.name] = organization.isRemoved ? organization.id : nil
  }

  mutating func put(_ person: Person) {
    if let address = people[person.id]?.email.lowercased(), let known = peopleByAddress[address] {
      let others = known.filter { $0 != person.id }
      peopleByAddress[address] = others.isEmpty ? nil : others
    }
    people[person.id] = person
    peopleByHandle[person.handle] = person.isRemoved ? nil : person.id
    formerPeople[person.handle] = person.isRemoved ? person.id : nil
    if !person.email.isEmpty, !person.isRemoved {
      peopleByAddress[person.email.lowercased(), default: []].append(person.id)
    }
  }

  mutating func put(_ group: Group) {
    for member in groups[group.id]?.members ?? [] { groupsByMember[member]?.removeAll { $0 == group.id } }
    groups[group.id] = group
    groupsByName[group.name] = group.id
    for member in group.members { groupsByMember[member, default: []].append(group.id) }
  }

  mutating func remove(_ group: GroupID) {
    guard let group = groups.removeValue(forKey: group) else { return }
    groupsByName[group.name] = nil
    for member in group.members { groupsByMember[member]?.removeAll { $0 == group.id } }
  }

  mutating func add(_ grant: Grant) {
    grants[grant.id] = grant
    grantsByGrantee[grant.grantee, default: []].append(grant)
    rightsByGrantee[grant.grantee, default: HeldRights()].add(grant)
    noteAdministrator(grant.grantee)
  }

  /// All at once: what a grantee still holds is added up anew.
  mutating func remove(_ removed: [GrantID]) {
    let grantees = Set(removed.compactMap { grants.removeValue(forKey: $0)?.grantee })
    let removed = Set(removed)
    for grantee in grantees {
      let held = (grantsByGrantee[grantee] ?? []).filter { !removed.contains($0.id) }
      grantsByGrantee[grantee] = held
      rightsByGrantee[grantee] = HeldRights(held)
      noteAdministrator(grantee)
    }
  }

  private mutating func noteAdministrator(_ grantee: Grant.Grantee) {
    if rightsByGrantee[grantee]?.inTenant.contains(.administerTenant) == true {
      administrators.insert(grantee)
    } else {
      administrators.remove(grantee)
    }
  }

  mutating func put(_ queue: Queue) {
    for agent in queues[queue.id]?.agents ?? [] { queuesByAgent[agent]?.remove(queue.id) }
    queues[queue.id] = queue
    queuesByName[queue.name] = queue.id
    for agent in queue.agents { queuesByAgent[agent, default: []].insert(queue.id) }
  }

  mutating func activate(_ record: RuleSetRecord) {
    let names = organizations
    rules = ActiveRules(record, queues: queues.values, organization: { names[$0]?.name })
  }

  mutating func updateRules() {
    let names = organizations
    rules = rules?.updated(with: queues.values, organization: { names[$0]?.name })
  }

  mutating func updateShadow() {
    let names = organizations
    shadow = shadow?.updated(with: queues.values, organization: { names[$0]?.name })
  }

  mutating func put(_ record: ShadowRecord?, compiled: ActiveRules? = nil) {
    if let record, let compiled, compiled.record.hash == record.set.hash {
      shadow = ShadowRules(record, compiled.kept(as: record.set))
      return
    }
    let names = organizations
    shadow = record.flatMap { ShadowRules($0, queues: queues.values, organization: { names[$0]?.name }) }
  }
}
