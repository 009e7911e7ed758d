/// What a decision wants changed. The store turns it into statements, all or nothing.
package struct Plan: Equatable, Sendable {
  package var changes: [Change]
  package var event: Event
  package var outbox: [OutboxRecipient]

  package init(changes: [Change], event: Event, outbox: [OutboxRecipient] = []) {
    self.changes = changes
    self.event = event
    self.outbox = outbox
  }

  /// Whether what decisions look at changes with it, so that other holders of a configuration must renew theirs.
  package var changesConfiguration: Bool { changes.contains(where: \.isConfiguration) }
}

/// One thing of a plan.
package enum Change: Equatable, Sendable {
  case insertTenant(Tenant)
  case updateTenantSettings(Tenant.Settings)
  case insertOrganization(Organization)
  case insertPerson(Person)
  /// The person's absence, and nothing else of it.
  case updateAbsence(Person)
  case insertGroup(Group)
  case updateMembers(Group)
  case insertGrant(Grant)
  case deleteGrant(GrantID)
  /// The hash of the secret; the secret itself is nowhere.
  case insertToken(AccessToken, secretHash: [UInt8])
  case revokeToken(TokenID)
  /// The secret there was becomes the old one, good until the time that the token says.
  case rotateToken(AccessToken, secretHash: [UInt8])
  case insertRegistration(QueueRegistration)
  /// Its state and answer; what it asks for stays.
  case updateRegistration(QueueRegistration)
  /// All of it.
  case amendRegistration(QueueRegistration)
  case insertQueue(Queue)
  case updateQueueState(Queue)
  case activateRules(RuleSetRecord)
  case insertTicket(Ticket)
  /// Everything but number, creation and the texts may have changed.
  case updateTicket(Ticket)
  /// All of them.
  case updateTenantQuotas(Quotas)

  var isConfiguration: Bool {
    switch self {
    case .updateTenantSettings, .insertOrganization, .insertPerson, .updateAbsence, .insertGroup, .updateMembers,
      .insertGrant, .deleteGrant, .insertQueue, .updateQueueState, .activateRules, .updateTenantQuotas:
      true
    case .insertTenant, .insertToken, .revokeToken, .rotateToken, .insertRegistration, .updateRegistration,
      .amendRegistration,
      .insertTicket, .updateTicket:
      false
    }
  }
}

/// Somebody to be told of an event, and why it is they.
package struct OutboxRecipient: Hashable, Sendable {
  package enum Role: String, Sendable {
    case assignee
    /// Who had the ticket until somebody else took it over.
    case previousAssignee = "previous_assignee"
    case watcher
    case asker
    case admin
  }

  package var role: Role
  package var address: String

  package init(role: Role, address: String) {
    self.role = role
    self.address = address
  }
}

/// A plan, and what the caller is to be told once it is committed.
package struct Decided<Outcome> {
  package var outcome: Outcome
  package var plan: Plan

  package init(_ outcome: Outcome, _ plan: Plan) {
    self.outcome = outcome
    self.plan = plan
  }
}

extension Decided: Sendable where Outcome: Sendable {}

/// What every decision is given: who asks, when, and in what configuration.
package struct Situation {
  package var principal: Principal
  package var configuration: TenantConfiguration
  package var now: Timestamp
  /// The revision that the change will have, and so the id of what it makes.
  package var revision: Revision
  /// How many of each a tenant may have for which nothing else is set.
  package var quotas: Quotas
  /// What the tenant has by now of what the configuration does not know.
  package var usage: Usage

  package init(
    principal: Principal, configuration: TenantConfiguration, now: Timestamp, revision: Revision,
    quotas: Quotas = .standard, usage: Usage = Usage()
  ) {
    self.quotas = quotas
    self.usage = usage
    self.principal = principal
    self.configuration = configuration
    self.now = now
    self.revision = revision
  }

  package var access: EffectiveAccess { EffectiveAccess(of: principal, in: configuration) }

  /// What somebody may by being who they are, without any right, a token that is limited to verbs may only if it has
  /// the verb.
  func requireVerb(_ right: Right, to act: String) throws(Rejection) {
    guard !access.permits(right), let verbs = principal.verbs else { return }
    throw Rejection(
      .notPermitted,
      "to \(act) takes the verb `\(right.name)`, and the token is limited to \(verbs.text); use one that has it")
  }

  func queue(named name: String) throws(Rejection) -> Queue {
    guard let queue = configuration.queue(named: name) else { throw .notFound(.queueNotFound, "queue", name) }
    return queue
  }

  func person(withHandle handle: String) throws(Rejection) -> Person {
    guard let person = configuration.person(withHandle: handle) else {
      throw .notFound(.personNotFound, "person", handle)
    }
    return person
  }

  func handle(_ person: PersonID?) -> String? {
    person.flatMap { configuration.people[$0]?.handle }
  }

  func group(named name: String) throws(Rejection) -> Group {
    guard let group = configuration.group(named: name) else { throw .notFound(.groupNotFound, "group", name) }
    return group
  }

  func organization(named name: String) throws(Rejection) -> Organization {
    guard let organization = configuration.organization(named: name) else {
      throw .notFound(.organizationNotFound, "organization", name)
    }
    return organization
  }

  func recipients(assignee: PersonID?, watchersOf queue: Queue?) -> [OutboxRecipient] {
    var recipients: [OutboxRecipient] = []
    if let assignee, assignee != principal.person, let address = configuration.people[assignee]?.email, !address.isEmpty
    {
      recipients.append(OutboxRecipient(role: .assignee, address: address))
    }
    for watcher in queue?.watchers ?? [] {
      let address =
        switch watcher {
        case .person(let person): configuration.people[person]?.email ?? ""
        case .address(let address): address
        }
      if !address.isEmpty { recipients.append(OutboxRecipient(role: .watcher, address: address)) }
    }
    return recipients
  }
}
