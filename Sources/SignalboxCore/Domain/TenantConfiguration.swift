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
  package private(set) var rules: ActiveRules?

  package init(
    tenant: Tenant, version: Revision, organizations: [Organization] = [], people: [Person] = [], queues: [Queue] = [],
    rules: RuleSetRecord? = nil
  ) {
    self.tenant = tenant
    self.version = version
    for organization in organizations { add(organization) }
    for person in people { add(person) }
    for queue in queues { put(queue) }
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
      case .insertPerson(let person):
        next.add(person)
      case .insertQueue(let queue), .updateQueueState(let queue):
        next.put(queue)
        queuesChanged = true
      case .activateRules(let record):
        next.activate(record)
      case .insertTenant, .insertToken, .revokeToken, .rotateToken, .insertRegistration, .updateRegistration,
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
