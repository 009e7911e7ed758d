/// Has somebody told of what happens in a queue: who manages its watchers adds others, a person who browses it itself.
package struct AddWatcher: Sendable {
  package var queue: String
  /// Handle or bare address.
  package var who: String
  /// Nil where one of them is not known.
  package var events: WatcherEvents?
  /// An admin answers for the address.
  package var confirms: Bool

  package init(queue: String, who: String, events: WatcherEvents?, confirms: Bool = false) {
    self.queue = queue
    self.who = who
    self.events = events
    self.confirms = confirms
  }

  /// - Parameter secret: for the mail to a bare address.
  package func decide(in situation: Situation, secret: WatcherSecret) throws(Rejection) -> Decided<QueueWatcher> {
    let events = try Self.checked(events)
    var queue = try situation.queue(named: queue)
    let who = try situation.who(who)
    let isSelf = situation.isCaller(who)
    if isSelf {
      try situation.requireVerb(.manageWatchers, to: "watch a queue")
      try situation.require(.browse, on: queue)
    } else {
      try situation.require(.manageWatchers, on: queue)
    }
    guard queue.state == .active else {
      throw Rejection(.queueRetired, "the queue `\(queue.name)` is retired; choose an active one")
    }
    try requireNew(who, isSelf: isSelf, in: queue, situation)
    var watcher = Watcher(who, events: events, addedBy: situation.principal.actor, addedAt: situation.now)
    if confirms { try confirm(&watcher, in: situation) }
    queue.watchers.append(watcher)
    let made = QueueWatcher(queue: queue, watcher: watcher)
    var plan = Plan(
      changes: [.insertWatcher(watcher, of: queue.id)],
      event: made.event(
        .watcherAdded,
        Event.made(
          ("events", events.text), ("state", watcher.state.rawValue), ("confirmed_by", watcher.confirmedBy?.name ?? "")),
        in: situation))
    if case .address(let address) = who {
      let (token, mail) = made.confirmation(address, secret, in: situation)
      plan.changes.append(.putWatcherToken(token))
      plan.outbox.append(mail)
    }
    return Decided(made, plan)
  }

  /// At least one, and none that is not known.
  static func checked(_ events: WatcherEvents?) throws(Rejection) -> WatcherEvents {
    var check = FieldCheck()
    if events?.isEmpty ?? true { check.add("events", "must be one or more of \(WatcherEvents.all.text)") }
    try check.finish()
    return events ?? .usual
  }

  private func requireNew(
    _ who: Watcher.Who, isSelf: Bool, in queue: Queue, _ situation: Situation
  ) throws(Rejection) {
    let configuration = situation.configuration
    let same = queue.watchers.filter { configuration.isSame($0.who, who) }
    if let out = same.first(where: { $0.optedOutAt != nil }) { throw situation.optedOut(out.who, of: queue) }
    guard same.isEmpty else {
      throw Rejection(
        .alreadyExists, "`\(configuration.text(same[0].who))` is a watcher of `\(queue.name)` already; update that one")
    }
    let former = FormerOptOuts(in: configuration).instant(of: who, from: queue.organization, beside: queue.id)
    guard isSelf || former == nil else { throw situation.optedOut(who, of: queue) }
    guard queue.watchers.count < Limits.watchersPerQueue else {
      throw Rejection(
        .limitReached,
        "the queue has \(Limits.watchersPerQueue) watchers, the most there can be; add the address of a mailing list")
    }
  }

  private func confirm(_ watcher: inout Watcher, in situation: Situation) throws(Rejection) {
    guard case .address = watcher.who else {
      throw Rejection(
        .invalidField, "`confirm` is for a bare address; people need no confirmation",
        violations: [.init(field: "confirm", description: "is for a bare address")])
    }
    try situation.requireAdministering("answering for an address")
    watcher.confirmedBy = situation.principal.actor
    watcher.confirmedAt = situation.now
  }
}

extension Situation {
  /// Makes a queue's watchers of those that its registration named: what they need to confirm, and the mails with it.
  /// Whoever opted out of the queue that this one follows has opted out of it too, and gets no mail.
  func provision(
    _ queue: inout Queue, confirmingAddresses: Bool, secrets: [WatcherSecret]
  ) -> (tokens: [WatcherToken], mails: [OutboxRecipient]) {
    var (tokens, mails): ([WatcherToken], [OutboxRecipient]) = ([], [])
    let former = FormerOptOuts(in: configuration)
    for place in queue.watchers.indices {
      let who = queue.watchers[place].who
      let out = former.instant(of: who, from: queue.organization, beside: queue.id)
      queue.watchers[place].optedOutAt = out
      guard out == nil, case .address(let address) = who else { continue }
      if confirmingAddresses {
        queue.watchers[place].confirmedBy = principal.actor
        queue.watchers[place].confirmedAt = now
      }
      guard tokens.count < secrets.count else { continue }
      let made = QueueWatcher(queue: queue, watcher: queue.watchers[place])
      let (token, mail) = made.confirmation(address, secrets[tokens.count], in: self)
      tokens.append(token)
      mails.append(mail)
    }
    return (tokens, mails)
  }
}
