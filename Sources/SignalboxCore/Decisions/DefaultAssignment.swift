extension Ticket {
  /// Into a queue, and to whoever gets its tickets by default. Where that is nobody the ticket says why.
  mutating func enter(_ queue: Queue, in situation: Situation) {
    arrive(in: queue, in: situation)
    (assignee, unassignedReason) = queue.assignment(in: situation)
  }

  /// Into a queue, without a word on who gets it.
  mutating func arrive(in queue: Queue, in situation: Situation) {
    if self.queue != QueueID(0) {
      placement.previous = self.queue
      placement.handoffs += 1
    }
    placement.since = situation.now
    placement.isChosen = self.queue != QueueID(0) && situation.principal.person != nil
    self.queue = queue.id
  }
}

extension Queue {
  /// Who gets a new ticket: the default assignee, or who stands in for one that is absent, as long as they may own
  /// tickets here.
  func assignment(in situation: Situation) -> (PersonID?, String) {
    guard let defaultAssignee else { return (nil, "queue `\(name)` has no default assignee") }
    return assignment(to: defaultAssignee, in: situation)
  }

  /// Who gets a ticket that is meant for somebody, and why it is nobody.
  func assignment(to wanted: PersonID, in situation: Situation) -> (PersonID?, String) {
    let people = situation.configuration.people
    switch StandIn(for: wanted, at: situation.now, among: { people[$0] }) {
    case .person(let id):
      guard let person = people[id], mayOwn(person, in: situation) else {
        return (nil, "`\(situation.handle(id) ?? "")` may not own tickets in queue `\(name)`")
      }
      return (id, "")
    case .nobody(let last): return (nil, "`\(situation.handle(last) ?? "")` is absent and has no substitute")
    case .allAbsent:
      return (nil, "everybody who stands in for `\(situation.handle(wanted) ?? "")` is absent")
    }
  }

  /// The right that every new assignee must hold, however the ticket comes to them.
  func mayOwn(_ person: Person, in situation: Situation) -> Bool {
    EffectiveAccess(of: person.id, in: situation.configuration).rights(on: self).contains(.own)
  }
}
