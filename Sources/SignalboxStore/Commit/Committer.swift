import Synchronization

/// A closure in a box of its own: one that stands in a generic container is wrapped once more each time it is taken out
/// and put back, and so costs more with every commit.
private struct Observer: Sendable {
  let notice: @Sendable (CommitNotice) -> Void
}

/// The side of the writer that other threads see: its inbox, its counters, its observer.
final class Committer: Sendable {
  let inbox: Inbox<any WriteCommand>
  private let limits: StoreLimits
  private let tally = Mutex(CommitStatistics())
  private let observer = Mutex<Observer?>(nil)

  init(limits: StoreLimits) {
    self.limits = limits
    self.inbox = Inbox(capacity: limits.maximumWaitingCommands)
  }

  var statistics: CommitStatistics {
    var statistics = tally.withLock { $0 }
    statistics.waiting = inbox.waitingCount
    return statistics
  }

  func observe(_ observer: @escaping @Sendable (CommitNotice) -> Void) {
    self.observer.withLock { $0 = Observer(notice: observer) }
  }

  /// The writer's life: commits what waits until the inbox is closed and empty, then closes the
  /// connection. No command waits for company; those that come during a commit share the next one.
  func run(on connection: some CommitConnection) {
    var loop = CommitLoop(connection: connection)
    while let commands = inbox.take(atMost: limits.maximumCommandsPerCommit) {
      let report = loop.commit(commands)
      // Before the answers: whoever has one finds it counted, and finds the door shut if it is.
      tally.withLock { report.add(to: &$0) }
      if let failure = loop.failure { inbox.refuse(failure) }
      loop.answer()
      if !report.tenants.isEmpty, let observer = observer.withLock({ $0 }) {
        observer.notice(CommitNotice(tenants: report.tenants))
      }
      loop.tidy()
      if let failure = loop.failure { inbox.refuse(failure) }
    }
    connection.close()
  }
}
