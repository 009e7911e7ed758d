/// A queue's watcher as a decision left it.
package struct QueueWatcher: Equatable, Sendable {
  package var queue: Queue
  package var watcher: Watcher

  package init(queue: Queue, watcher: Watcher) {
    self.queue = queue
    self.watcher = watcher
  }
}

/// What is known of the token that a command shows.
package struct WatcherTokenFacts {
  /// The tenant's token with the hash of what was shown.
  package var token: WatcherToken?

  package init(token: WatcherToken?) {
    self.token = token
  }

  /// The address that the token stands for. One answer for all that is not known.
  func watcher(in situation: Situation) throws(Rejection) -> QueueWatcher {
    guard let token, let queue = situation.configuration.queues[token.queue],
      let watcher = queue.watchers.first(where: { $0.who == .address(token.address) })
    else { throw Self.unknown }
    return QueueWatcher(queue: queue, watcher: watcher)
  }

  static let unknown = Rejection(
    .watcherTokenNotFound,
    "no watcher waits for this token: it is unknown, was used, was replaced or has expired; ask for a new mail")
}

extension Situation {
  /// Whom a command names; not yet whether they watch anything.
  func who(_ text: String) throws(Rejection) -> Watcher.Who {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return .person(try person(withHandle: text).id) }
    var check = FieldCheck()
    check.address("who", text)
    try check.finish()
    return .address(text)
  }

  /// Whether it is the caller's person. An address never is: it speaks by its token alone.
  func isCaller(_ who: Watcher.Who) -> Bool {
    principal.person.map { who == .person($0) } ?? false
  }

  /// The watcher that a command names, for those who may manage the queue's watchers and for the watcher. Whoever may
  /// not learns nothing of who watches.
  func managedWatcher(_ text: String, of queue: String) throws(Rejection) -> QueueWatcher {
    let queue = try self.queue(named: queue)
    let who = try who(text)
    if isCaller(who), reaches(queue) {
      try requireVerb(.manageWatchers, to: "change what one watches")
    } else {
      try require(.manageWatchers, on: queue)
    }
    guard let watcher = queue.watchers.first(where: { $0.who.isNamed(by: who) }) else {
      throw .notFound(.watcherNotFound, "watcher", text)
    }
    return QueueWatcher(queue: queue, watcher: watcher)
  }

  /// Whether the caller's token is not limited to other queues.
  func reaches(_ queue: Queue) -> Bool { principal.queueScope?.contains(queue.id) ?? true }

  func require(_ right: Right, on queue: Queue) throws(Rejection) {
    guard !access.may(right, on: queue.id) else { return }
    throw Rejection(
      .notPermitted,
      "it needs the right `\(right.name)` on queue `\(queue.name)`; "
        + "`signalbox access explain` says which roles give it")
  }

  func requireAdministering(_ act: String) throws(Rejection) {
    guard !access.administers else { return }
    throw Rejection(
      .notPermitted,
      "\(act) needs the right `administer_tenant`; ask a tenant admin, or have the address confirm itself")
  }

  func optedOut(_ who: Watcher.Who, of queue: Queue) -> Rejection {
    let way =
      switch who {
      case .person: "by opting in again"
      case .address: "by the token of its mail"
      }
    return Rejection(
      .watcherOptedOut,
      "`\(configuration.text(who))` opted out of being a watcher of `\(queue.name)`; only they can undo it, \(way)")
  }
}

extension QueueWatcher {
  /// Whoever opted out is left alone by everybody else.
  func requireOptedIn(in situation: Situation) throws(Rejection) {
    guard watcher.optedOutAt != nil else { return }
    throw situation.optedOut(watcher.who, of: queue)
  }

  /// The address, where it is one.
  func requireAddress(in situation: Situation) throws(Rejection) -> String {
    guard case .address(let address) = watcher.who else {
      throw Rejection(
        .watcherState,
        "`\(situation.configuration.text(watcher.who))` is a person, who needs no confirmation; leave it out")
    }
    return address
  }

  /// A plan that leaves the watcher as `next`, with an event of what is different.
  func changed(to next: Watcher, _ kind: Event.Kind, reason: String = "", in situation: Situation) -> Decided<
    QueueWatcher
  > {
    let fields = [
      Event.FieldChange("events", from: watcher.events.text, to: next.events.text),
      Event.FieldChange("state", from: watcher.state.rawValue, to: next.state.rawValue),
      Event.FieldChange("confirmed_by", from: watcher.confirmedBy?.name, to: next.confirmedBy?.name),
    ]
    return Decided(
      QueueWatcher(queue: queue, watcher: next),
      Plan(
        changes: [.updateWatcher(next, of: queue.id)],
        event: event(kind, reason: reason, fields.filter { $0.before != $0.after }, in: situation)))
  }

  /// For those who follow the queue.
  func event(
    _ kind: Event.Kind, reason: String = "", _ changes: [Event.FieldChange], in situation: Situation
  ) -> Event {
    Event(
      kind, queueBefore: queue.id, queueAfter: queue.id,
      subject: "\(situation.configuration.text(watcher.who)) of \(queue.name)", reason: reason, changes: changes)
  }

  /// The token and the mail that carries it.
  func confirmation(
    _ address: String, _ secret: WatcherSecret, in situation: Situation
  ) -> (WatcherToken, OutboxRecipient) {
    let end = Timestamp(milliseconds: situation.now.milliseconds + Limits.watcherTokenLifetime)
    return (
      WatcherToken(queue: queue.id, address: address, hash: secret.hash, expiresAt: end),
      OutboxRecipient(role: .watcherConfirmation, address: address, payload: secret.text)
    )
  }
}
