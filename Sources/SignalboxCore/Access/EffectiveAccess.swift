/// What somebody may do, worked out from the tenant's configuration: by what the token is, by grants to the token, the
/// person and the person's groups, and as an agent that a queue names.
package struct EffectiveAccess {
  private let configuration: TenantConfiguration
  private let person: Person?
  /// Held in the whole tenant without any grant.
  private let own: Rights
  private let grants: [Grant]
  /// The queues that the token is limited to; whatever its bearer holds, it reaches no further. Nil: no limit.
  private let scope: Set<QueueID>?

  package init(of principal: Principal, in configuration: TenantConfiguration) {
    self.configuration = configuration
    person = principal.person.flatMap { configuration.people[$0] }
    own = principal.role.ownRights
    // A system admin's token belongs to no tenant, so nothing here is granted to it.
    let token = principal.tokenTenant == configuration.tenant.id ? [Grant.Grantee.token(principal.token)] : []
    grants = Self.grants(of: person?.id, and: token, in: configuration)
    scope = principal.queueScope
  }

  /// Of a person, whatever the token.
  package init(of person: PersonID, in configuration: TenantConfiguration) {
    self.configuration = configuration
    self.person = configuration.people[person]
    own = []
    grants = Self.grants(of: person, and: [], in: configuration)
    scope = nil
  }

  private static func grants(
    of person: PersonID?, and others: [Grant.Grantee], in configuration: TenantConfiguration
  ) -> [Grant] {
    var grantees = others
    if let person {
      grantees.append(.person(person))
      for group in configuration.groupsByMember[person] ?? [] { grantees.append(.group(group)) }
    }
    return grantees.flatMap { configuration.grants(to: $0) }
  }

  /// Held in the whole tenant.
  package var rights: Rights {
    guard scope == nil else { return [] }
    return grants.reduce(own) { $1.scope == .tenant ? $0.union($1.role.rights) : $0 }
  }

  /// Held with one queue.
  package func rights(on queue: Queue) -> Rights {
    guard covers(queue.id) else { return [] }
    var rights = grants.reduce(own) { $1.covers(queue) ? $0.union($1.role.rights) : $0 }
    if isAgent(of: queue.id) { rights.formUnion(Role.agent.rights) }
    return rights
  }

  package func may(_ right: Right, on queue: QueueID) -> Bool {
    configuration.queues[queue].map { rights(on: $0).contains(right) } ?? false
  }

  package var administers: Bool { rights.contains(.administerTenant) }

  /// Somewhere; for what belongs to no queue yet.
  package func mayAnywhere(_ right: Right) -> Bool {
    if let scope { return scope.contains { may(right, on: $0) } }
    return own.contains(right) || grants.contains { $0.role.rights.contains(right) }
      || (Role.agent.rights.contains(right) && !agentQueues.isEmpty)
  }

  package func browses(_ queue: QueueID) -> Bool { may(.browse, on: queue) }

  /// Those who browse its queue, who opened it, and whose organization referred it to where it is now.
  package func browses(_ ticket: Ticket) -> Bool {
    covers(ticket.queue) && (browses(ticket.queue) || isRequester(of: ticket) || isReferrer(of: ticket))
  }

  /// Those who would see the ticket if they had neither opened nor referred it; only they learn that a note was written.
  package func browsesInternally(_ ticket: Ticket) -> Bool { browses(ticket.queue) }

  /// What notes say is for those who may write them. To browse the queue is not enough: programs and viewers do.
  package func readsNotes(of ticket: Ticket) -> Bool { may(.note, on: ticket.queue) }

  /// See what an organization asked for, and ask in its name.
  package func speaks(for organization: OrganizationID) -> Bool {
    if person?.organization == organization || rights.contains(.manageQueue) { return true }
    return grants.contains { $0.scope == .organization(organization) && $0.role.rights.contains(.manageQueue) }
  }

  func isRequester(of ticket: Ticket) -> Bool {
    guard let person, !person.email.isEmpty else { return false }
    return person.email == ticket.requester
  }

  func isReferrer(of ticket: Ticket) -> Bool {
    guard let organization = person?.organization else { return false }
    return ticket.referrers.contains(organization)
  }

  private func covers(_ queue: QueueID) -> Bool { scope?.contains(queue) ?? true }

  private var agentQueues: Set<QueueID> { person.flatMap { configuration.queuesByAgent[$0.id] } ?? [] }

  private func isAgent(of queue: QueueID) -> Bool { agentQueues.contains(queue) }
}

// MARK: Explaining

extension EffectiveAccess {
  /// Something that gives rights on a queue, or in the whole tenant.
  package enum Source: Equatable, Sendable {
    /// The role that the token has by itself.
    case token(Role)
    case grant(Grant)
    /// The queue names the person among its agents.
    case agent(QueueID)
  }

  /// All that gives a right on the queue; without a queue, in the whole tenant.
  package func sources(of right: Right, on queue: Queue?, tokenRole: Role?) -> [Source] {
    guard queue.map({ covers($0.id) }) ?? (scope == nil) else { return [] }
    var sources: [Source] = []
    if let tokenRole, own.contains(right) { sources.append(.token(tokenRole)) }
    for grant in grants where grant.role.rights.contains(right) {
      if queue.map(grant.covers) ?? (grant.scope == .tenant) { sources.append(.grant(grant)) }
    }
    if let queue, isAgent(of: queue.id), Role.agent.rights.contains(right) { sources.append(.agent(queue.id)) }
    return sources
  }
}
