/// Replaces what a watcher is told of.
package struct UpdateWatcher: Sendable {
  package var queue: String
  package var who: String
  /// Nil where one of them is not known.
  package var events: WatcherEvents?

  package init(queue: String, who: String, events: WatcherEvents?) {
    self.queue = queue
    self.who = who
    self.events = events
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<QueueWatcher> {
    let events = try AddWatcher.checked(events)
    let found = try situation.managedWatcher(who, of: queue)
    if !situation.isCaller(found.watcher.who) { try found.requireOptedIn(in: situation) }
    var next = found.watcher
    next.events = events
    guard next != found.watcher else {
      throw Rejection(.invalidField, "the watcher is told of just that already; name other `events`")
    }
    return found.changed(to: next, .watcherChanged, in: situation)
  }
}
