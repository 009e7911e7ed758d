/// Somebody will be away: for itself, or a tenant admin for others.
package struct SetAbsence: Sendable {
  package var person: String
  /// Milliseconds since 1970; both 0: there is none any more.
  package var from: Int64
  package var until: Int64
  /// Handle; empty: nobody stands in.
  package var substitute: String

  package init(person: String, from: Int64, until: Int64, substitute: String) {
    self.person = person
    self.from = from
    self.until = until
    self.substitute = substitute
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Person> {
    var person = try situation.person(withHandle: person)
    guard situation.principal.person == person.id || situation.access.administers else {
      throw Rejection(.notPermitted, "an absence is set by the person or by a tenant admin")
    }
    // It says who gets tickets.
    try situation.requireVerb(.own, to: "set an absence")
    try situation.requireWholeReach(to: "set an absence")
    let isOver = from == 0 && until == 0
    var check = FieldCheck()
    if !isOver, until <= from { check.add("until_ms", "is not after `from_ms`") }
    if !isOver, until <= situation.now.milliseconds { check.add("until_ms", "has passed") }
    if isOver, !substitute.isEmpty { check.add("substitute", "is for an absence: give `from_ms` and `until_ms`") }
    try check.finish()
    let stand = substitute.isEmpty ? nil : try situation.person(withHandle: substitute)
    let before = person.absence
    person.absence =
      isOver
      ? nil
      : Absence(
        from: Timestamp(milliseconds: from), until: Timestamp(milliseconds: until), substitute: stand?.id)
    try requireNoCircle(from: person, in: situation)
    let changes = [
      Event.FieldChange("absence", from: before.map(Self.text), to: person.absence.map(Self.text)),
      Event.FieldChange(
        "substitute", from: situation.handle(before?.substitute), to: situation.handle(person.absence?.substitute)),
    ]
    return Decided(
      person,
      Plan(
        changes: [.updateAbsence(person)],
        event: Event(
          .personAbsenceChanged, subject: person.handle, changes: changes.filter { $0.before != $0.after })))
  }

  /// A chain of substitutes that are away at the same time must not lead back.
  private func requireNoCircle(from person: Person, in situation: Situation) throws(Rejection) {
    guard let absence = person.absence else { return }
    var names = [person.handle]
    var next = absence.substitute
    var seen: Set<PersonID> = [person.id]
    while let id = next, let stand = situation.configuration.people[id] {
      names.append(stand.handle)
      guard seen.insert(id).inserted else {
        throw Rejection(
          .invalidField, "the substitutes form a circle: \(names.joined(separator: " → ")); name somebody else",
          violations: [.init(field: "substitute", description: "leads back to `\(names[0])`")])
      }
      guard let other = stand.absence, other.overlaps(absence) else { return }
      next = other.substitute
    }
  }

  private static func text(_ absence: Absence) -> String {
    "\(absence.from.milliseconds)–\(absence.until.milliseconds)"
  }
}
