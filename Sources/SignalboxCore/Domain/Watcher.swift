/// Somebody who is told by e-mail of what happens in a queue. Being an agent does not make one a watcher.
package struct Watcher: Equatable, Sendable {
  package enum Who: Hashable, Sendable {
    case person(PersonID)
    /// As it was written; the same in other case is the same watcher.
    case address(String)

    func isNamed(by name: Who) -> Bool {
      guard case .address(let mine) = self, case .address(let other) = name else { return self == name }
      return mine.lowercased() == other.lowercased()
    }
  }

  package enum State: String, CaseIterable, Sendable {
    case active
    /// A bare address that nobody has answered for.
    case pending
    /// Gets nothing until the watcher itself opts in again, and stays in the queue's list, so that nobody adds it anew.
    case optedOut = "opted_out"
  }

  package var who: Who
  package var events: WatcherEvents
  package var addedBy: Actor
  package var addedAt: Timestamp
  /// The admin who answered for the address; nil where it confirmed itself.
  package var confirmedBy: Actor?
  /// Nil for a person, who needs no confirmation.
  package var confirmedAt: Timestamp?
  package var optedOutAt: Timestamp?

  package init(
    _ who: Who, events: WatcherEvents = .usual, addedBy: Actor, addedAt: Timestamp, confirmedBy: Actor? = nil,
    confirmedAt: Timestamp? = nil, optedOutAt: Timestamp? = nil
  ) {
    self.who = who
    self.events = events
    self.addedBy = addedBy
    self.addedAt = addedAt
    self.confirmedBy = confirmedBy
    self.confirmedAt = confirmedAt
    self.optedOutAt = optedOutAt
  }

  package var state: State {
    if optedOutAt != nil { return .optedOut }
    if case .address = who, confirmedAt == nil { return .pending }
    return .active
  }

  /// Of what happened, one thing is enough.
  func isTold(of happened: WatcherEvents) -> Bool {
    !events.isDisjoint(with: happened) && state == .active
  }
}

/// What the mail to a bare address carries, made where there is randomness: the text goes into the outbox and nowhere
/// else, the hash is what is kept.
package struct WatcherSecret: Equatable, Sendable {
  package var text: String
  package var hash: [UInt8]

  package init(text: String, hash: [UInt8]) {
    self.text = text
    self.hash = hash
  }
}

/// The token by which a bare address speaks for itself. Each has one at most, the last that was sent.
package struct WatcherToken: Equatable, Sendable {
  package var queue: QueueID
  /// As the watcher has it.
  package var address: String
  package var hash: [UInt8]
  /// From then on it does not confirm; it opts out and in for ever.
  package var expiresAt: Timestamp

  package init(queue: QueueID, address: String, hash: [UInt8], expiresAt: Timestamp) {
    self.queue = queue
    self.address = address
    self.hash = hash
    self.expiresAt = expiresAt
  }
}

/// A watcher as a registration names it: `ada`, `desk@example.org`, `ada:arrivals+status`. Neither handles nor addresses
/// have a colon.
package struct NamedWatcher {
  package let who: String
  /// Nil where there is no such kind of event.
  package let events: WatcherEvents?

  package init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    who = parts.first.map(String.init) ?? ""
    events = parts.count > 1 ? WatcherEvents(text: parts[1]) : .usual
  }

  package var isAddress: Bool { FieldCheck.isAddress(who) }

  /// The same for two that are one watcher.
  package var key: String { isAddress ? who.lowercased() : who }
}

extension TenantConfiguration {
  /// Handle or address.
  package func text(_ who: Watcher.Who) -> String {
    switch who {
    case .person(let person): people[person]?.handle ?? ""
    case .address(let address): address
    }
  }

  /// As a registration names it.
  package func wish(_ watcher: Watcher) -> String {
    text(watcher.who) + (watcher.events == .usual ? "" : ":\(watcher.events.text)")
  }

  /// Where mail goes; empty for a person without.
  func address(of who: Watcher.Who) -> String {
    switch who {
    case .person(let person): people[person]?.email ?? ""
    case .address(let address): address
    }
  }

  /// Whether mail to the one is mail to the other, or they are one person.
  func isSame(_ one: Watcher.Who, _ other: Watcher.Who) -> Bool {
    if one == other { return true }
    let address = address(of: one)
    return !address.isEmpty && address.lowercased() == self.address(of: other).lowercased()
  }
}

/// Who opted out of watching queues that are retired: a queue of the same organization may have taken the place of one, and
/// registering anew is no way around it either. Made once for all watchers that are looked at.
struct FormerOptOuts {
  private struct Key: Hashable {
    var organization: OrganizationID
    /// A person, or an address in lower case.
    var who: Watcher.Who
  }

  private let configuration: TenantConfiguration
  private var optOuts: [Key: [(queue: QueueID, at: Timestamp)]] = [:]

  init(in configuration: TenantConfiguration) {
    self.configuration = configuration
    for queue in configuration.queues.values where queue.state == .retired {
      for watcher in queue.watchers {
        guard let at = watcher.optedOutAt else { continue }
        for key in keys(of: watcher.who, in: queue.organization) { optOuts[key, default: []].append((queue.id, at)) }
      }
    }
  }

  /// When somebody who has no record in the queue opted out; nil for who did not.
  ///
  /// - Parameter queue: is not looked at; it may be retired itself.
  func instant(of who: Watcher.Who, from organization: OrganizationID, beside queue: QueueID?) -> Timestamp? {
    keys(of: who, in: organization).flatMap { optOuts[$0] ?? [] }.filter { $0.queue != queue }.map(\.at).max()
  }

  /// Mail to a person is mail to the address.
  private func keys(of who: Watcher.Who, in organization: OrganizationID) -> [Key] {
    let address = configuration.address(of: who).lowercased()
    var keys: [Key] = []
    if case .person = who { keys.append(Key(organization: organization, who: who)) }
    if !address.isEmpty { keys.append(Key(organization: organization, who: .address(address))) }
    return keys
  }
}
