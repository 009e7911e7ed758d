/// Who gets what was meant for somebody: that person, or who stands in while it is absent.
package enum StandIn: Equatable, Sendable {
  case person(PersonID)
  /// Everybody up to this one is absent, and this one names nobody.
  case nobody(after: PersonID)
  /// Everybody in the chain is absent.
  case allAbsent

  /// Chains of substitutes end: nobody is asked twice.
  package init(for wanted: PersonID, at now: Timestamp, among people: (PersonID) -> Person?) {
    var asked: Set<PersonID> = []
    var candidate = wanted
    while let person = people(candidate), asked.insert(candidate).inserted {
      guard let absence = person.absence, absence.covers(now) else {
        self = .person(person.id)
        return
      }
      guard let substitute = absence.substitute else {
        self = .nobody(after: person.id)
        return
      }
      candidate = substitute
    }
    self = .allAbsent
  }
}
