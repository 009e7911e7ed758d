/// Sends a bare address its mail again, with a new token in the place of the one it had: it may have lost the mail, or
/// let the token expire.
package struct SendWatcherConfirmation: Sendable {
  package var queue: String
  package var who: String

  package init(queue: String, who: String) {
    self.queue = queue
    self.who = who
  }

  package func decide(in situation: Situation, secret: WatcherSecret) throws(Rejection) -> Decided<QueueWatcher> {
    let found = try situation.managedWatcher(who, of: queue)
    let address = try found.requireAddress(in: situation)
    try found.requireOptedIn(in: situation)
    let (token, mail) = found.confirmation(address, secret, in: situation)
    return Decided(
      found,
      Plan(
        changes: [.putWatcherToken(token)], event: found.event(.watcherConfirmationSent, [], in: situation),
        outbox: [mail]))
  }
}
