/// All that decisions look at of a tenant beside the one thing they are about: settings, organizations, people,
/// queues and the active rules, as of one revision. A value: whoever holds one sees no later change.
package struct TenantConfiguration: Sendable {
  /// Tells one configuration from another even where both were to become the same version, as when a commit fails.
  package final class Identity: Sendable {}

  package private(set) var identity = Identity()
  package private(set) var tenant: Tenant
  /// The revision of the last change to any of this. Two configurations of a tenant with the same version are equal.
  package private(set) var version: Revision
  package private(set) var organizations: [OrganizationID: Organization] = [:]
  package private(set) var organizationsByName: [String: OrganizationID] = [:]
  package private(set) var people: [PersonID: Person] = [:]
  package private(set) var peopleByHandle: [String: PersonID] = [:]
  private var peopleByAddress: [String: PersonID] = [:]
  package private(set) var queues: [QueueID: Queue] = [:]
  package private(set) var queuesByName: [String: QueueID] = [:]
  package private(set) var queuesByAgent: [PersonID: Set<QueueID>] = [:]
  package private(set) var groups: [GroupID: Group] = [:]
  package private(set) var groupsByName: [String: GroupID] = [:]
  package private(set) var groupsByMember: [PersonID: [GroupID]] = [:]
  package private(set) var grants: [GrantID: Grant] = [:]
  private var grantsByGrantee: [Grant.Grantee: [Grant]] = [:]
  package private(set) var rules: ActiveRules?

  package init(
    tenant: Tenant, version: Revision, organizations: [Organization] = [], people: [Person] = [], queues: [Queue] = [],
    groups: [Group] = [], grants: [Grant] = [], rules: RuleSetRecord? = nil
  ) {
    self.tenant = tenant
    self.version = version
    for organization in organizations { add(organization) }
    for person in people { add(person) }
    for queue in queues { put(queue) }
    for group in groups { put(group) }
    for grant in grants { add(grant) }
    if let rules { activate(rules) }
  }

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
    for grant in grants.values where grant.scope == .tenant && grant.role.rights.contains(.administerTenant) {
      switch grant.grantee {
      case .person(let person): people.insert(person)
      case .group(let group): people.formUnion(groups[group]?.members ?? [])
      case .token: continue
      }
    }
    return people.sorted { $0.value < $1.value }
  }

  package func grants(to grantee: Grant.Grantee) -> [Grant] { grantsByGrantee[grantee] ?? [] }

  /// Name of the organization of the person with this e-mail address.
  func organization(ofAddress address: String) -> String? {
    let person = peopleByAddress[address.lowercased()].flatMap { people[$0] }
    return person?.organization.flatMap { organizations[$0]?.name }
  }

  /// The configuration after a committed plan, without reading it again from the store.
  package func applying(_ changes: [Change], at revision: Revision) -> TenantConfiguration {
    var next = self
    var queuesChanged = false
    for change in changes {
      switch change {
      case .updateTenantSettings(let settings):
        next.tenant.settings = settings
      case .insertOrganization(let organization):
        next.add(organization)
      case .insertPerson(let person), .updateAbsence(let person):
        next.add(person)
      case .insertGroup(let group), .updateMembers(let group):
        next.put(group)
      case .insertGrant(let grant):
        next.add(grant)
      case .deleteGrant(let grant):
        next.remove(grant)
      case .insertQueue(let queue), .updateQueueState(let queue):
        next.put(queue)
        queuesChanged = true
      case .activateRules(let record):
        next.activate(record)
      case .insertTenant, .insertToken, .revokeToken, .rotateToken, .insertRegistration, .updateRegistration,
        .amendRegistration,
        .insertTicket, .updateTicket:
        continue
      }
      next.version = revision
      next.identity = Identity()
    }
    // The rules hold the queues' keywords and states.
    if queuesChanged, let record = next.rules?.record { next.activate(record) }
    return next
  }

  private mutating func add(_ organization: Organization) {
    organizations[organization.id] = organization
    organizationsByName[organization.name] = organization.id
  }

  private mutating func add(_ person: Person) {
    people[person.id] = person
    peopleByHandle[person.handle] = person.id
    if !person.email.isEmpty { peopleByAddress[person.email.lowercased()] = person.id }
  }

  private mutating func put(_ group: Group) {
    for member in groups[group.id]?.members ?? [] { groupsByMember[member]?.removeAll { $0 == group.id } }
    groups[group.id] = group
    groupsByName[group.name] = group.id
    for member in group.members { groupsByMember[member, default: []].append(group.id) }
  }

  private mutating func add(_ grant: Grant) {
    grants[grant.id] = grant
    grantsByGrantee[grant.grantee, default: []].append(grant)
  }

  private mutating func remove(_ grant: GrantID) {
    guard let grant = grants.removeValue(forKey: grant) else { return }
    grantsByGrantee[grant.grantee]?.removeAll { $0.id == grant.id }
  }

  private mutating func put(_ queue: Queue) {
    for agent in queues[queue.id]?.agents ?? [] { queuesByAgent[agent]?.remove(queue.id) }
    queues[queue.id] = queue
    queuesByName[queue.name] = queue.id
    for agent in queue.agents { queuesByAgent[agent, default: []].insert(queue.id) }
  }

  private mutating func activate(_ record: RuleSetRecord) {
    rules = ActiveRules(record, queues: Array(queues.values))
  }
}
