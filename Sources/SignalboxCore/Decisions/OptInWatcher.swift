/// Takes an opting out back. What was confirmed before is so again, what was not is not: a token that has expired
/// confirms nothing by this way round either.
package struct OptInWatcher: Sendable {
  package var by: WatcherItself?

  package init(by: WatcherItself?) {
    self.by = by
  }

  package func decide(
    in situation: Situation, given facts: WatcherTokenFacts
  ) throws(Rejection) -> Decided<QueueWatcher> {
    guard let by else { throw WatcherItself.missing }
    let found = try by.watcher(in: situation, given: facts)
    guard found.watcher.optedOutAt != nil else {
      throw Rejection(
        .watcherState,
        "`\(situation.configuration.text(found.watcher.who))` has not opted out of `\(found.queue.name)`; "
          + "there is nothing to take back")
    }
    var next = found.watcher
    next.optedOutAt = nil
    return found.changed(to: next, .watcherOptedIn, reason: by.reason, in: situation)
  }
}
