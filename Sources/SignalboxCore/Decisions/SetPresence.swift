/// Somebody says whether tickets may come: for oneself, or for an agent of a queue that one manages, or, as an admin, for
/// anybody.
package struct SetPresence: Sendable {
  /// Handle; empty: the caller.
  package var person: String
  /// Nil for one that is not known.
  package var presence: Availability.Presence?

  package init(person: String, presence: Availability.Presence?) {
    self.person = person
    self.presence = presence
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Person> {
    var person = try situation.personOrCaller(person)
    guard situation.principal.person == person.id || manages(person, in: situation) else {
      throw Rejection(
        .notPermitted,
        "a presence is set by the person, by a tenant admin, or by who holds `manage_queue` on a queue of the person")
    }
    try situation.requireVerb(.own, to: "set a presence")
    try situation.requireWholeReach(to: "set a presence")
    guard let presence else {
      throw Rejection(
        .invalidField, "`presence` is required: available, away or offline",
        violations: [.init(field: "presence", description: "is none of available, away, offline")])
    }
    let before = person.availability.stated
    if before != presence {
      person.availability.stated = presence
      person.availability.since = situation.now
    }
    let change = Event.FieldChange("presence", from: before?.rawValue, to: presence.rawValue)
    return Decided(
      person,
      Plan(
        changes: [.updateAvailability(person)],
        event: Event(
          .personPresenceChanged, subject: person.handle, changes: [change].filter { $0.before != $0.after })))
  }

  private func manages(_ person: Person, in situation: Situation) -> Bool {
    let access = situation.access
    return access.administers
      || situation.configuration.queuesByAgent[person.id, default: []].contains { access.may(.manageQueue, on: $0) }
  }
}

extension Situation {
  /// The person of the handle; without one, the person whom the caller's token speaks for.
  func personOrCaller(_ handle: String) throws(Rejection) -> Person {
    guard handle.isEmpty else { return try person(withHandle: handle) }
    guard let caller = principal.person.flatMap({ configuration.people[$0] }) else {
      throw Rejection(
        .invalidField, "`person` is required, since the token speaks for no person",
        violations: [.init(field: "person", description: "is required")])
    }
    return caller
  }
}
