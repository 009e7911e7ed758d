extension Ticket {
  /// Into a queue, and to whoever gets its tickets by default. Where that is nobody the ticket says why.
  mutating func enter(_ queue: Queue, in situation: Situation) {
    self.queue = queue.id
    (assignee, unassignedReason) = queue.assignment(in: situation)
  }
}

extension Queue {
  /// Who gets a new ticket: the default assignee, or who stands in for one that is absent, as long as they may own
  /// tickets here. Chains of substitutes end: nobody is asked twice.
  fileprivate func assignment(in situation: Situation) -> (PersonID?, String) {
    guard let wanted = defaultAssignee else { return (nil, "queue `\(name)` has no default assignee") }
    var asked: Set<PersonID> = []
    var candidate = wanted
    while let person = situation.configuration.people[candidate], asked.insert(candidate).inserted {
      guard let absence = person.absence, absence.covers(situation.now) else {
        return mayOwn(person, in: situation)
          ? (person.id, "") : (nil, "`\(person.handle)` may not own tickets in queue `\(name)`")
      }
      guard let substitute = absence.substitute else {
        return (nil, "`\(person.handle)` is absent and has no substitute")
      }
      candidate = substitute
    }
    return (nil, "everybody who stands in for `\(situation.handle(wanted) ?? "")` is absent")
  }

  /// The right that every new assignee must hold, however the ticket comes to them.
  func mayOwn(_ person: Person, in situation: Situation) -> Bool {
    EffectiveAccess(of: person.id, in: situation.configuration).rights(on: self).contains(.own)
  }
}
