/// How much somebody takes on, and of what kind: for oneself, or a tenant admin for others.
package struct SetCapacity: Sendable {
  package enum Capacity: Equatable, Sendable {
    case units(Int)
    /// As many as there are.
    case unlimited
  }

  /// Handle; empty: the caller.
  package var person: String
  /// Nil: stays.
  package var capacity: Capacity?
  /// All of them; nil: they stay.
  package var skills: [String]?

  package init(person: String, capacity: Capacity?, skills: [String]?) {
    self.person = person
    self.capacity = capacity
    self.skills = skills
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Person> {
    var person = try situation.personOrCaller(person)
    guard situation.principal.person == person.id || situation.access.administers else {
      throw Rejection(.notPermitted, "a capacity is set by the person or by a tenant admin")
    }
    try situation.requireVerb(.own, to: "set a capacity")
    try situation.requireWholeReach(to: "set a capacity")
    var check = FieldCheck()
    if capacity == nil, skills == nil { check.add("units", "is required, or `unlimited`, or `skills`") }
    if case .units(let units) = capacity, !(0...Limits.capacityUnits).contains(units) {
      check.add("units", "is \(units), at most \(Limits.capacityUnits) is allowed")
    }
    if let skills {
      check.lines("skills", skills, atMost: Limits.skillsPerPerson, length: Limits.tagLength)
      if Set(skills).count != skills.count { check.add("skills", "names one twice") }
    }
    try check.finish()
    let before = person.availability
    switch capacity {
    case .units(let units): person.availability.capacity = units
    case .unlimited: person.availability.capacity = nil
    case nil: break
    }
    if let skills { person.availability.skills = skills }
    let after = person.availability
    let changes = [
      Event.FieldChange("capacity", from: before.capacity.map(String.init), to: after.capacity.map(String.init)),
      Event.FieldChange("skills", from: Self.text(before.skills), to: Self.text(after.skills)),
    ]
    return Decided(
      person,
      Plan(
        changes: [.updateAvailability(person)],
        event: Event(
          .personCapacityChanged, subject: person.handle, changes: changes.filter { $0.before != $0.after })))
  }

  private static func text(_ skills: [String]) -> String? {
    skills.isEmpty ? nil : skills.joined(separator: ", ")
  }
}
