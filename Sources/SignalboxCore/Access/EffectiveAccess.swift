/// What somebody may do, worked out from the tenant's configuration: by what the token is, by grants to the token, the
/// person and the person's groups, and as an agent that a queue names. A token's limits take away and never give.
package struct EffectiveAccess {
  private let configuration: TenantConfiguration
  private let person: Person?
  /// Held in the whole tenant without any grant.
  private let own: Rights
  /// The token, the person, the person's groups, as far as anything is granted to them.
  private let grantees: [Grant.Grantee]
  private let held: [HeldRights]
  /// The queues that the token is limited to; whatever its bearer holds, it reaches no further. Nil: no limit.
  private let scope: Set<QueueID>?
  /// The rights that the token is limited to.
  private let verbs: Rights

  package init(of principal: Principal, in configuration: TenantConfiguration) {
    // A system admin's token belongs to no tenant, so nothing here is granted to it.
    let token = principal.tokenTenant == configuration.tenant.id ? principal.token : nil
    self.init(
      principal.person.flatMap { configuration.people[$0] }, token: token, own: principal.role.ownRights,
      scope: principal.queueScope, verbs: principal.verbs ?? .all, in: configuration)
  }

  /// Of a person, whatever the token.
  package init(of person: PersonID, in configuration: TenantConfiguration) {
    self.init(configuration.people[person], token: nil, own: [], scope: nil, verbs: .all, in: configuration)
  }

  private init(
    _ person: Person?, token: TokenID?, own: Rights, scope: Set<QueueID>?, verbs: Rights,
    in configuration: TenantConfiguration
  ) {
    var grantees: [Grant.Grantee] = []
    var held: [HeldRights] = []
    func add(_ grantee: Grant.Grantee) {
      guard let rights = configuration.heldRights(of: grantee) else { return }
      grantees.append(grantee)
      held.append(rights)
    }
    if let token { add(.token(token)) }
    if let person {
      add(.person(person.id))
      for group in configuration.groupsByMember[person.id] ?? [] { add(.group(group)) }
    }
    self.configuration = configuration
    self.person = person
    self.own = own
    self.grantees = grantees
    self.held = held
    self.scope = scope
    self.verbs = verbs
  }

  /// Held in the whole tenant.
  package var rights: Rights {
    guard scope == nil else { return [] }
    return held.reduce(own) { $0.union($1.inTenant) }.intersection(verbs)
  }

  /// Held with one queue.
  package func rights(on queue: Queue) -> Rights {
    guard covers(queue.id) else { return [] }
    var rights = held.reduce(own) { $0.union($1.rights(on: queue)) }
    if isAgent(of: queue.id) { rights.formUnion(Role.agent.rights) }
    return rights.intersection(verbs)
  }

  package func may(_ right: Right, on queue: QueueID) -> Bool {
    configuration.queues[queue].map { rights(on: $0).contains(right) } ?? false
  }

  package var administers: Bool { rights.contains(.administerTenant) }

  /// Somewhere; for what belongs to no queue yet.
  package func mayAnywhere(_ right: Right) -> Bool {
    guard permits(right) else { return false }
    if let scope { return scope.contains { may(right, on: $0) } }
    return own.contains(right) || held.contains { $0.anywhere.contains(right) }
      || (Role.agent.rights.contains(right) && !agentQueues.isEmpty)
  }

  /// Whether the token is not limited to other verbs. Says nothing of who holds the right.
  package func permits(_ right: Right) -> Bool { verbs.contains(right) }

  package func browses(_ queue: QueueID) -> Bool { may(.browse, on: queue) }

  /// Those who browse its queue, who opened it, and whose organization referred it to where it is now.
  package func browses(_ ticket: Ticket) -> Bool {
    guard permits(.browse), covers(ticket.queue) else { return false }
    return browses(ticket.queue) || isRequester(of: ticket) || isReferrer(of: ticket)
  }

  /// Those who would see the ticket if they had neither opened nor referred it; only they learn that a note was written.
  package func browsesInternally(_ ticket: Ticket) -> Bool { browses(ticket.queue) }

  /// What notes say is for those who may write them. To browse the queue is not enough: programs and viewers do.
  package func readsNotes(of ticket: Ticket) -> Bool { may(.note, on: ticket.queue) }

  /// Whatever reaches further than its queues is not for the token.
  package var isLimitedToQueues: Bool { scope != nil }

  /// See what an organization asked for, and ask in its name.
  package func speaks(for organization: OrganizationID) -> Bool {
    guard permits(.manageQueue), !isLimitedToQueues else { return false }
    if person?.organization == organization || rights.contains(.manageQueue) { return true }
    return held.contains { $0.rights(with: organization).contains(.manageQueue) }
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
    guard permits(right), queue.map({ covers($0.id) }) ?? (scope == nil) else { return [] }
    let grants = grantees.flatMap { configuration.grants(to: $0) }
    var sources: [Source] = []
    if let tokenRole, own.contains(right) { sources.append(.token(tokenRole)) }
    for grant in grants where grant.role.rights.contains(right) {
      if queue.map(grant.covers) ?? (grant.scope == .tenant) { sources.append(.grant(grant)) }
    }
    if let queue, isAgent(of: queue.id), Role.agent.rights.contains(right) { sources.append(.agent(queue.id)) }
    return sources
  }
}
