/// What is known of the registration that a command names.
package struct RegistrationFacts {
  /// The tenant's registration of that number.
  package var registration: QueueRegistration?
  /// People with a good token of a tenant admin, to be told of what the asker does beside those who administer the tenant
  /// by a grant.
  package var administrators: [PersonID]
  /// For an approval, one for each bare address among the watchers.
  package var watcherSecrets: [WatcherSecret]

  package init(
    registration: QueueRegistration?, administrators: [PersonID] = [], watcherSecrets: [WatcherSecret] = []
  ) {
    self.registration = registration
    self.administrators = administrators
    self.watcherSecrets = watcherSecrets
  }

  /// The registration in the state after the act, if the caller may do it now.
  func registration(
    _ id: RegistrationID, after act: RegistrationAct, in situation: Situation
  ) throws(Rejection) -> QueueRegistration {
    guard var registration else { throw .notFound(.registrationNotFound, "queue registration", String(id.value)) }
    let sides = registration.sides(of: situation.principal, in: situation.configuration)
    guard !sides.isEmpty else { throw .notFound(.registrationNotFound, "queue registration", String(id.value)) }
    if let next = sides.lazy.compactMap({ registration.state.after(act, by: $0) }).first {
      registration.state = next
      return registration
    }
    guard sides.contains(where: { $0.mayEver(act) }) else {
      let who = RegistrationSide.asker.mayEver(act) ? "its asker and members of the organization" : "tenant admins"
      throw Rejection(.notPermitted, "only \(who) may \(act.rawValue) the registration; comment on it to reach them")
    }
    guard !registration.state.isDecided else {
      throw Rejection(
        .registrationDecided, "the registration was \(registration.state.rawValue) before; register the queue again")
    }
    throw Rejection(.registrationState, Self.turn(registration.state))
  }

  /// Whose turn it is.
  private static func turn(_ state: QueueRegistration.State) -> String {
    switch state {
    case .draft:
      "the registration is a draft; its asker submits it first"
    case .submitted:
      "the registration is with the tenant admins, who amend it, request changes or decide; comment on it to reach them"
    case .changesRequested, .approved, .declined, .withdrawn:
      "changes were requested, so it is the asker's turn to amend the registration and submit it again"
    }
  }
}

extension Situation {
  /// The other side of a registration, as far as addresses are known: the asker learns what others do with it, the
  /// admins what the asker's side does. Nobody is told of an act of their own.
  ///
  /// - Parameter reachesAdmins: false while it is a draft, which is none of theirs.
  func recipients(
    of registration: QueueRegistration, _ facts: RegistrationFacts, reachesAdmins: Bool = true
  ) -> [OutboxRecipient] {
    var recipients: [OutboxRecipient] = []
    let isAskers = registration.askedBy == principal.actor
    let asker = configuration.person(withHandle: registration.askedBy.name)
    if !isAskers, let address = asker?.email, !address.isEmpty {
      recipients.append(OutboxRecipient(role: .asker, address: address))
    }
    guard reachesAdmins, isAskers || !access.administers else { return recipients }
    let known = Set(facts.administrators)
    let administrators = facts.administrators + configuration.administratorsByGrant.filter { !known.contains($0) }
    for administrator in administrators.prefix(Limits.adminsTold)
    where administrator != principal.person && administrator != asker?.id {
      guard let address = configuration.people[administrator]?.email, !address.isEmpty else { continue }
      recipients.append(OutboxRecipient(role: .admin, address: address))
    }
    return recipients
  }
}

extension Event.FieldChange {
  static func state(
    from before: QueueRegistration.State, to after: QueueRegistration.State
  ) -> Event.FieldChange {
    Event.FieldChange("state", from: before.rawValue, to: after.rawValue)
  }
}

extension Event {
  /// An event of the registration; `before` is its state before, `fields` what else came to be with it.
  init(
    _ kind: Kind, _ registration: QueueRegistration, before: QueueRegistration.State, reason: String = "",
    queueAfter: QueueID? = nil, fields: [FieldChange] = []
  ) {
    self.init(
      kind, queueAfter: queueAfter, subject: registration.queue.name, reason: reason,
      changes: (before == registration.state ? [] : [.state(from: before, to: registration.state)]) + fields,
      registration: registration.id)
  }
}
