/// By what a watcher says that it is the one.
package enum WatcherItself: Equatable, Sendable {
  /// The caller's person, of the queue.
  case caller(queue: String)
  /// The one in the facts, which for this never expires.
  case token

  func watcher(in situation: Situation, given facts: WatcherTokenFacts) throws(Rejection) -> QueueWatcher {
    switch self {
    case .token: return try facts.watcher(in: situation)
    case .caller(let name):
      let queue = try situation.queue(named: name)
      try situation.requireVerb(.manageWatchers, to: "opt out or in")
      guard let person = situation.principal.person, situation.configuration.people[person] != nil else {
        throw Rejection(
          .notPermitted,
          "only a watcher opts out or in for itself; use a token that speaks for the person, "
            + "or the token of the address's mail")
      }
      guard situation.reaches(queue), let watcher = queue.watchers.first(where: { $0.who == .person(person) }) else {
        throw .notFound(.watcherNotFound, "watcher", situation.handle(person) ?? "")
      }
      return QueueWatcher(queue: queue, watcher: watcher)
    }
  }

  /// What history says of how it came.
  var reason: String { self == .token ? "by the token of its mail" : "" }

  static let missing = Rejection(
    .invalidField, "`queue` or `token` is required: what to opt out of or in to",
    violations: [.init(field: "queue", description: "is required, or `token`")])
}

/// A watcher wants to be told nothing more. The record stays, and nobody else can change it.
package struct OptOutWatcher: Sendable {
  package var by: WatcherItself?

  package init(by: WatcherItself?) {
    self.by = by
  }

  package func decide(
    in situation: Situation, given facts: WatcherTokenFacts
  ) throws(Rejection) -> Decided<QueueWatcher> {
    guard let by else { throw WatcherItself.missing }
    let found = try by.watcher(in: situation, given: facts)
    guard found.watcher.optedOutAt == nil else {
      throw Rejection(
        .watcherState,
        "`\(situation.configuration.text(found.watcher.who))` opted out of `\(found.queue.name)` before; nothing is sent"
      )
    }
    var next = found.watcher
    next.optedOutAt = situation.now
    return found.changed(to: next, .watcherOptedOut, reason: by.reason, in: situation)
  }
}
