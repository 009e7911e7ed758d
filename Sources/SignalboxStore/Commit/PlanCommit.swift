package import SignalboxCore

extension Transaction {
  /// Turns a plan into statements: the changes, the event under its revision, the outbox row, the tenant's revision.
  ///
  /// - Parameter audit: Where the change comes from, and the row that its own is chained to: the tenant's last, read in
  ///   this transaction.
  /// - Returns: The hash of the event's row, to which the next one is chained.
  /// - Throws: ``StoreError``. Part of the plan may be written by then; it is undone with the command that called, for
  ///   which ``CommitLoop`` sees.
  package func commit(
    _ plan: Plan, as revision: Revision, of tenant: TenantID, by actor: Actor, at now: Timestamp,
    configuration: Revision, audit: AuditLink
  ) throws -> [UInt8] {
    for change in plan.changes { try write(change, as: revision, of: tenant) }
    let recorded = RecordedEvent(revision: revision, actor: actor, at: now, event: plan.event)
    var record = AuditRecord(recorded, from: audit.source)
    record.chain(after: audit.previous, in: tenant, audit.digest)
    try run(EventQueries.insert(record, of: tenant))
    if !plan.outbox.isEmpty { try run(EventQueries.insertOutbox(plan.outbox, at: revision, of: tenant)) }
    try run(
      TenantQueries.raiseRevision(
        of: tenant, to: revision, configuration: plan.changesConfiguration ? revision : configuration,
        auditHash: record.hash, more: Usage(of: plan.changes)))
    return record.hash
  }

  /// Makes the tenant's rows; for the system tenant, the installation's first.
  package func insert(_ tenant: Tenant) throws {
    try run(TenantQueries.insert(tenant))
    try run(TenantQueries.insertRevisions(of: tenant.id))
    for (position, category) in tenant.settings.categories.enumerated() {
      try run(TenantQueries.insertCategory(category, at: position, of: tenant.id))
    }
  }

  private func write(_ change: Change, as revision: Revision, of tenant: TenantID) throws {
    switch change {
    case .insertTenant(let created):
      try insert(created)
    case .updateTenantSettings(let settings):
      try run(TenantQueries.updateSettings(settings, of: tenant))
      try run(TenantQueries.deleteCategories(of: tenant))
      for (position, category) in settings.categories.enumerated() {
        try run(TenantQueries.insertCategory(category, at: position, of: tenant))
      }
    case .insertOrganization(let organization):
      try run(PeopleQueries.insert(organization, of: tenant))
    case .insertPerson(let person):
      try run(PeopleQueries.insert(person, of: tenant))
    case .updateAbsence(let person):
      try run(AccessQueries.deleteAbsence(of: person.id, tenant))
      if let absence = person.absence { try run(AccessQueries.insert(absence, of: person.id, tenant)) }
    case .insertGroup(let group):
      try run(AccessQueries.insert(group, of: tenant))
      try AccessQueries.putMembers(of: group, tenant, in: self)
    case .updateMembers(let group):
      try AccessQueries.putMembers(of: group, tenant, in: self)
    case .insertGrant(let grant):
      try run(AccessQueries.insert(grant, of: tenant))
    case .deleteGrant(let grant):
      try run(AccessQueries.delete(grant, of: tenant))
    case .insertToken(let token, let secretHash):
      try run(TokenQueries.insert(token, secretHash: secretHash, of: tenant))
    case .revokeToken(let token):
      try run(TokenQueries.revoke(token, of: tenant))
    case .rotateToken(let token, let secretHash):
      try run(TokenQueries.rotate(token, secretHash: secretHash, of: tenant))
    case .insertRegistration(let registration):
      try QueueQueries.put(registration.queue, state: "requested", of: tenant, in: self)
      try run(RegistrationQueries.insert(registration, of: tenant))
    case .updateRegistration(let registration):
      try run(RegistrationQueries.update(registration, of: tenant))
    case .amendRegistration(let registration):
      try QueueQueries.put(registration.queue, state: "requested", of: tenant, in: self)
      try run(RegistrationQueries.update(registration, of: tenant))
    case .insertQueue(let queue):
      try QueueQueries.put(queue, state: queue.state.rawValue, of: tenant, in: self)
    case .updateQueueState(let queue):
      try run(QueueQueries.updateState(of: queue, tenant: tenant))
    case .keepRules(let record):
      try run(RuleQueries.insert(record, at: revision, of: tenant))
    case .activateRules(let record):
      guard let activation = record.activation else { break }
      try run(RuleQueries.insert(activation, of: record.hash, at: revision, tenant))
      try run(EscalationQueries.beginSweep(of: tenant))
    case .insertTicket(let ticket):
      try run(TicketQueries.insert(ticket, of: tenant))
    case .updateTicket(let ticket):
      try run(TicketQueries.update(ticket, of: tenant))
      try run(AssignmentQueries.endWait(of: ticket, tenant))
    case .editTicket(let ticket):
      try run(TicketQueries.edit(ticket, of: tenant))
      try run(AssignmentQueries.endWait(of: ticket, tenant))
    case .insertComment(let comment):
      try run(CommentQueries.insert(comment, of: tenant))
    case .insertWatcher(let watcher, let queue):
      try run(WatcherQueries.insert(watcher, of: queue, tenant))
    case .updateWatcher(let watcher, let queue):
      try run(WatcherQueries.update(watcher, of: queue, tenant))
    case .deleteWatcher(let who, let queue):
      try run(WatcherQueries.delete(who, of: queue, tenant))
      if case .address(let address) = who { try run(WatcherQueries.deleteToken(of: address, queue, tenant)) }
    case .putWatcherToken(let token):
      try run(WatcherQueries.deleteToken(of: token.address, token.queue, tenant))
      try run(WatcherQueries.insert(token, of: tenant))
    case .updateOrganization(let organization):
      try run(PeopleQueries.update(organization, of: tenant))
    case .updatePerson(let person):
      try run(PeopleQueries.update(person, of: tenant))
      if person.absence == nil { try run(AccessQueries.deleteAbsence(of: person.id, tenant)) }
    case .updateGroup(let group):
      try run(AccessQueries.update(group, of: tenant))
      try AccessQueries.putMembers(of: group, tenant, in: self)
    case .deleteGroup(let group):
      try run(AccessQueries.deleteMembers(of: group, tenant))
      try run(AccessQueries.delete(group, of: tenant))
    case .updateQueue(let queue):
      try QueueQueries.put(queue, state: queue.state.rawValue, of: tenant, in: self)
    case .putTicketTypes(let types):
      try TicketTypeQueries.put(types, of: tenant, in: self)
    case .keepConfigurationVersion(let version):
      try run(ConfigurationVersionQueries.insert(version, of: tenant))
      try run(ConfigurationVersionQueries.deleteOld(keeping: Limits.configurationVersions, of: tenant))
    case .updateAvailability(let person):
      try run(AvailabilityQueries.delete(of: person.id, tenant))
      try run(AvailabilityQueries.insert(person.availability, of: person.id, tenant))
    case .putWait(let wait):
      try AssignmentQueries.put(wait, of: tenant, in: self)
    case .notePick(let pick):
      try AssignmentQueries.note(pick, as: revision, of: tenant, in: self)
    case .updateTenantQuotas(let quotas):
      try TenantQueries.put(quotas, of: tenant, in: self)
    case .setShadowRules(let record):
      try run(ShadowQueries.delete(of: tenant))
      try run(ShadowQueries.deleteDifferences(of: tenant))
      if let record { try run(ShadowQueries.insert(record, of: tenant)) }
    case .noteShadow(let difference):
      try run(ShadowQueries.count(isDifferent: difference != nil, of: tenant))
      guard let difference else { break }
      try run(ShadowQueries.insert(difference, on: TicketNumber(revision.value), of: tenant))
      try run(ShadowQueries.deleteOldDifferences(keeping: Limits.shadowDifferences, of: tenant))
    }
  }
}
