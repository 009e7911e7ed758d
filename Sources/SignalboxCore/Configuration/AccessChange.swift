/// What a change of the configuration gives to a person, or takes from them, somewhere.
package struct AccessChange: Equatable, Sendable {
  package var person: String
  /// Name of a queue; nil: in the whole tenant.
  package var queue: String?
  package var gained: [Right]
  package var lost: [Right]

  package init(person: String, queue: String?, gained: [Right], lost: [Right]) {
    self.person = person
    self.queue = queue
    self.gained = gained
    self.lost = lost
  }
}

extension AccessChange {
  /// Person by person, by handle. What somebody gains or loses in the whole tenant is not told again for each queue, and
  /// neither is what they hold in the whole tenant for a queue that is new.
  ///
  /// Looks, for each person, only at the queues that something beside the tenant gives them, so it is done in the time
  /// that the grants and agents take.
  package static func between(_ before: TenantConfiguration, _ after: TenantConfiguration) -> [AccessChange] {
    let (old, new) = (Places(before), Places(after))
    var changes: [AccessChange] = []
    let people = Set(before.people.keys).union(after.people.keys).compactMap { after.people[$0] ?? before.people[$0] }
    for person in people.sorted(by: { $0.handle < $1.handle }) {
      let queues = old.queues(of: person.id).union(new.queues(of: person.id))
      let had = EffectiveAccess(of: person.id, in: before)
      let has = EffectiveAccess(of: person.id, in: after)
      let everywhere = AccessChange(
        person, nil, gained: has.rights.subtracting(had.rights), lost: had.rights.subtracting(has.rights))
      if let everywhere { changes.append(everywhere) }
      let named = queues.compactMap { after.queues[$0] ?? before.queues[$0] }
      for queue in named.sorted(by: { $0.name < $1.name }) {
        let hadHere = before.queues[queue.id].map(had.rights(on:)) ?? []
        let hasHere = after.queues[queue.id].map(has.rights(on:)) ?? []
        let change = AccessChange(
          person, queue.name, gained: hasHere.subtracting(hadHere).subtracting(has.rights),
          lost: hadHere.subtracting(hasHere).subtracting(had.rights))
        if let change { changes.append(change) }
      }
    }
    return changes
  }

  private init?(_ person: Person, _ queue: String?, gained: Rights, lost: Rights) {
    guard !gained.isEmpty || !lost.isEmpty else { return nil }
    self.init(person: person.handle, queue: queue, gained: gained.list, lost: lost.list)
  }

  /// Where something beside the whole tenant may give people rights.
  private struct Places {
    private let configuration: TenantConfiguration
    private var queuesByOrganization: [OrganizationID: [QueueID]] = [:]

    init(_ configuration: TenantConfiguration) {
      self.configuration = configuration
      for queue in configuration.queues.values {
        queuesByOrganization[queue.organization, default: []].append(queue.id)
      }
    }

    func queues(of person: PersonID) -> Set<QueueID> {
      var queues = configuration.queuesByAgent[person] ?? []
      let grantees = [Grant.Grantee.person(person)] + (configuration.groupsByMember[person] ?? []).map { .group($0) }
      for grant in grantees.flatMap(configuration.grants(to:)) {
        switch grant.scope {
        case .tenant: continue
        case .organization(let id): queues.formUnion(queuesByOrganization[id] ?? [])
        case .queue(let id): queues.insert(id)
        }
      }
      return queues
    }
  }
}
