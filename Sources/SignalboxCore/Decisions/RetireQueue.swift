/// A tenant admin closes a queue. Refused while something still leads into it or waits in it.
package struct RetireQueue: Sendable {
  package var name: String

  package init(name: String) {
    self.name = name
  }

  package struct Facts {
    /// Numbers of active tickets in the queue, as many as a message can list.
    package var activeTickets: [TicketNumber]

    package init(activeTickets: [TicketNumber]) {
      self.activeTickets = activeTickets
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<Queue> {
    var queue = try situation.queue(named: name)
    guard queue.state == .active else { throw Rejection(.queueRetired, "the queue `\(name)` was retired before") }
    let places = situation.configuration.rules?.places(thatRouteTo: name) ?? []
    guard places.isEmpty else {
      throw Rejection(
        .queueInUse,
        "the active rule set routes to `\(name)`: \(places.joined(separator: ", ")); put a rule set without it first")
    }
    guard facts.activeTickets.isEmpty else {
      let list = facts.activeTickets.map { "#\($0.value)" }.joined(separator: ", ")
      throw Rejection(.queueInUse, "tickets wait in `\(name)`: \(list); reassign them first")
    }
    queue.state = .retired
    let change = Event.FieldChange("state", from: Queue.State.active.rawValue, to: Queue.State.retired.rawValue)
    return Decided(
      queue,
      Plan(
        changes: [.updateQueueState(queue)],
        event: Event(.queueRetired, queueBefore: queue.id, subject: name, changes: [change])))
  }
}
