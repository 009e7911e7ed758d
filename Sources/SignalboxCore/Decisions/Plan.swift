/// What a decision wants changed. The store turns it into statements, all or nothing.
package struct Plan: Equatable, Sendable {
  package var changes: [Change]
  package var event: Event
  package var outbox: [OutboxRecipient]
  /// Who did it, where that is not the caller.
  package var actor: Actor?

  package init(changes: [Change], event: Event, outbox: [OutboxRecipient] = [], actor: Actor? = nil) {
    self.changes = changes
    self.event = event
    self.outbox = outbox
    self.actor = actor
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
  /// Kept for good, if it is not kept already.
  case keepRules(RuleSetRecord)
  /// One that is kept, or is with this plan.
  case activateRules(RuleSetRecord)
  case insertTicket(Ticket)
  /// Everything but number, creation, the texts and the custom fields may have changed.
  case updateTicket(Ticket)
  /// Everything but number, creation and body may have changed.
  case editTicket(Ticket)
  case insertComment(TicketComment)
  /// Behind those that the queue has.
  case insertWatcher(Watcher, of: QueueID)
  /// All but who it is.
  case updateWatcher(Watcher, of: QueueID)
  /// With its token, if it has one.
  case deleteWatcher(Watcher.Who, of: QueueID)
  /// In the place of the one that the address has.
  case putWatcherToken(WatcherToken)
  /// All but its name, or that it was removed or is back.
  case updateOrganization(Organization)
  /// All but the handle and the absence, or that the person was removed, with the absence, or is back.
  case updatePerson(Person)
  /// All but its name.
  case updateGroup(Group)
  case deleteGroup(GroupID)
  /// All but its name; one that was retired may be active again.
  case updateQueue(Queue)
  /// All of the tenant's, in their order.
  case putTicketTypes([TicketType])
  /// The oldest makes room when there are too many.
  case keepConfigurationVersion(ConfigurationVersion)
  /// The person's presence, capacity and skills, and nothing else of it.
  case updateAvailability(Person)
  /// A ticket waits for a strategy, by a first or another wait. A change of the ticket that gives it to somebody, ends it or
  /// moves it ends the wait as well, so this one comes after.
  case putWait(TicketWait)
  case notePick(Pick)
  /// All of them.
  case updateTenantQuotas(Quotas)
  /// What ran in the shadow before ends, with all that was counted; nil: nothing runs there any more.
  case setShadowRules(ShadowRecord?)
  /// The ticket that this plan makes was seen by the rules in the shadow; nil: they agree with those in force.
  case noteShadow(ShadowDifference?)

  var isConfiguration: Bool {
    switch self {
    case .updateTenantSettings, .insertOrganization, .insertPerson, .updateAbsence, .insertGroup, .updateMembers,
      .insertGrant, .deleteGrant, .insertQueue, .updateQueueState, .activateRules, .insertWatcher, .updateWatcher,
      .deleteWatcher, .updateOrganization, .updatePerson, .updateGroup, .deleteGroup, .updateQueue, .putTicketTypes,
      .updateAvailability, .updateTenantQuotas, .setShadowRules:
      true
    case .insertTenant, .insertToken, .revokeToken, .rotateToken, .insertRegistration, .updateRegistration,
      .amendRegistration, .keepRules, .insertTicket, .updateTicket, .editTicket, .insertComment, .putWatcherToken,
      .keepConfigurationVersion, .putWait, .notePick, .noteShadow:
      false
    }
  }
}

extension Change {
  /// Whether rules may have to be checked, compiled or tested anew for it: the names they use, and the queues with their
  /// states and keywords, may be others.
  var touchesGroundOfRules: Bool {
    switch self {
    case .updateTenantSettings, .insertOrganization, .updateOrganization, .insertPerson, .updatePerson, .insertGroup,
      .updateGroup, .deleteGroup, .insertQueue, .updateQueueState, .updateQueue, .putTicketTypes:
      true
    case .insertTenant, .updateAbsence, .updateMembers, .insertGrant, .deleteGrant, .insertToken, .revokeToken,
      .rotateToken, .insertRegistration, .updateRegistration, .amendRegistration, .keepRules, .activateRules,
      .insertTicket, .updateTicket, .editTicket, .insertComment, .insertWatcher, .updateWatcher, .deleteWatcher,
      .putWatcherToken, .keepConfigurationVersion, .updateAvailability, .putWait, .notePick, .updateTenantQuotas,
      .setShadowRules, .noteShadow:
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
    /// A bare address that became a watcher, for which the payload is the token by which it confirms and opts out.
    case watcherConfirmation = "watcher_confirmation"
    /// Who is offered the ticket, and has to answer.
    case offered
    /// Who asks for help, where a rule says that they are told.
    case requester
    /// Whom a rule names, by itself or as one of a group.
    case notified
  }

  package var role: Role
  package var address: String
  /// For the recipient alone; without blanks and line breaks, empty for most. Of whom rules tell, what the rules say, with
  /// everything but letters, digits and `-._~` as `%` and two hexadecimal digits.
  package var payload: String

  package init(role: Role, address: String, payload: String = "") {
    self.role = role
    self.address = address
    self.payload = payload
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
    quotas: Quotas, usage: Usage = Usage()
  ) {
    self.quotas = quotas
    self.usage = usage
    self.principal = principal
    self.configuration = configuration
    self.now = now
    self.revision = revision
  }

  package var access: EffectiveAccess { EffectiveAccess(of: principal, in: configuration) }

  /// What is not about one queue is not for a token that is limited to queues.
  func requireWholeReach(to act: String) throws(Rejection) {
    guard principal.queueScope != nil else { return }
    throw Rejection(
      .notPermitted,
      "to \(act) reaches further than the queues that the token is limited to; use one that is not limited")
  }

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

  /// Those to be told of something that happened to a ticket: its new assignee, and watchers.
  ///
  /// - Parameters:
  ///   - queue: where the ticket is; its watchers are told of `events`.
  ///   - left: the queue it left, if it did; its watchers are told of a departure.
  func recipients(
    assignee: PersonID?, watchersOf queue: Queue?, of events: WatcherEvents, leaving left: Queue? = nil
  ) -> [OutboxRecipient] {
    var recipients: [OutboxRecipient] = []
    if let assignee, assignee != principal.person, let address = configuration.people[assignee]?.email, !address.isEmpty
    {
      recipients.append(OutboxRecipient(role: .assignee, address: address))
    }
    if let queue { appendWatchers(of: queue, toldOf: events, to: &recipients) }
    if let left {
      var leaving: [OutboxRecipient] = []
      appendWatchers(of: left, toldOf: WatcherEvents(.departures), to: &leaving)
      // Who watches both queues is told once.
      let told = leaving.isEmpty ? [] : Set(recipients)
      recipients += leaving.filter { !told.contains($0) }
    }
    return recipients
  }

  /// A walk over what is in memory: every ticket that is created goes through here.
  private func appendWatchers(
    of queue: Queue, toldOf events: WatcherEvents, to recipients: inout [OutboxRecipient]
  ) {
    // No mail goes to an address that opted out, whichever of the queue's records it stands in now.
    let silent = queue.watchers.contains { $0.optedOutAt != nil } ? silentAddresses(of: queue) : []
    for watcher in queue.watchers where watcher.isTold(of: events) {
      let address = configuration.address(of: watcher.who)
      guard !address.isEmpty, silent.isEmpty || !silent.contains(address.lowercased()) else { continue }
      recipients.append(OutboxRecipient(role: .watcher, address: address))
    }
  }

  private func silentAddresses(of queue: Queue) -> Set<String> {
    Set(queue.watchers.lazy.filter { $0.optedOutAt != nil }.map { configuration.address(of: $0.who).lowercased() })
  }
}
