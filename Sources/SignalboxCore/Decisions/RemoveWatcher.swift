/// Ends that somebody is told. Not of one that opted out: adding it again would undo what it said.
package struct RemoveWatcher: Sendable {
  package var queue: String
  package var who: String

  package init(queue: String, who: String) {
    self.queue = queue
    self.who = who
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<QueueWatcher> {
    var found = try situation.managedWatcher(who, of: queue)
    guard found.watcher.optedOutAt == nil else {
      throw Rejection(
        .watcherOptedOut,
        "`\(situation.configuration.text(found.watcher.who))` opted out of being a watcher of `\(found.queue.name)`, "
          + "which stays on record so that nobody adds them again; they are told nothing")
    }
    let event = found.event(
      .watcherRemoved,
      [
        Event.FieldChange("events", from: found.watcher.events.text, to: nil),
        Event.FieldChange("state", from: found.watcher.state.rawValue, to: nil),
      ], in: situation)
    let who = found.watcher.who
    found.queue.watchers.removeAll { $0.who == who }
    return Decided(found, Plan(changes: [.deleteWatcher(who, of: found.queue.id)], event: event))
  }
}
