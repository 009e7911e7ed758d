/// Lets a bare address be told: by the token of its mail, or because an admin answers for it.
package struct ConfirmWatcher: Sendable {
  package enum By: Equatable, Sendable {
    /// The one in the facts.
    case token
    case admin(queue: String, who: String)
  }

  package var by: By?

  package init(by: By?) {
    self.by = by
  }

  package func decide(
    in situation: Situation, given facts: WatcherTokenFacts
  ) throws(Rejection) -> Decided<QueueWatcher> {
    switch by {
    case .token: return try byToken(facts, in: situation)
    case .admin(let queue, let who): return try byAdmin(queue, who, in: situation)
    case nil:
      throw Rejection(
        .invalidField, "`token` or `watcher` is required: whom to confirm",
        violations: [.init(field: "token", description: "is required, or `watcher`")])
    }
  }

  private func byToken(
    _ facts: WatcherTokenFacts, in situation: Situation
  ) throws(Rejection) -> Decided<QueueWatcher> {
    let found = try facts.watcher(in: situation)
    // Used, expired and unknown are one answer.
    guard found.watcher.state == .pending, let end = facts.token?.expiresAt, situation.now < end else {
      throw WatcherTokenFacts.unknown
    }
    var next = found.watcher
    next.confirmedAt = situation.now
    return found.changed(to: next, .watcherConfirmed, reason: "by the token of its mail", in: situation)
  }

  private func byAdmin(
    _ queue: String, _ who: String, in situation: Situation
  ) throws(Rejection) -> Decided<QueueWatcher> {
    try situation.requireAdministering("confirming an address")
    let found = try situation.managedWatcher(who, of: queue)
    let address = try found.requireAddress(in: situation)
    try found.requireOptedIn(in: situation)
    guard found.watcher.state == .pending else {
      throw Rejection(.watcherState, "`\(address)` is confirmed already and is told what it watches")
    }
    var next = found.watcher
    next.confirmedBy = situation.principal.actor
    next.confirmedAt = situation.now
    return found.changed(to: next, .watcherConfirmed, in: situation)
  }
}
