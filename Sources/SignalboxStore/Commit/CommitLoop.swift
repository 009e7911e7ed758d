/// Commits batches of commands on one connection and decides what a failure means.
///
/// - A command that throws is undone alone; the others of its batch are kept.
/// - A database that fails before the commit fails the whole batch; the next batch tries again.
/// - A commit that fails, other than for want of room or by a rule of the schema, may or may not be on
///   the disk: from then on everything is refused with `needsRestart`. So it is after a failed sync
///   anywhere, because the system may have forgotten what it could not write.
struct CommitLoop<Connection: CommitConnection> {
  /// What became of one batch.
  struct Report: Equatable {
    var isCommitted = false
    var kept = 0
    var dropped = 0
    var tenants: [Int64] = []

    func add(to statistics: inout CommitStatistics) {
      if isCommitted { statistics.commits += 1 } else { statistics.failedCommits += 1 }
      statistics.kept += UInt64(kept)
      statistics.dropped += UInt64(dropped)
    }
  }

  private let connection: Connection
  /// Set when nothing more can be acknowledged; stays set.
  private(set) var failure: StoreError?
  private var deliveries = Deliveries()

  init(connection: Connection) {
    self.connection = connection
  }

  /// Runs the commands in their order and commits. The answers are held back until `answer`.
  mutating func commit(_ commands: [any WriteCommand]) -> Report {
    if let failure { return refuse(commands, with: failure) }
    var report = Report()
    var completions: [Completion] = []
    completions.reserveCapacity(commands.count)
    do {
      try connection.begin()
      for command in commands {
        completions.append(try run(command, noting: &report))
      }
    } catch {
      return abandon(commands, after: error, isCommitInDoubt: false)
    }
    do {
      try connection.commit()
    } catch {
      return abandon(commands, after: error, isCommitInDoubt: true)
    }
    report.isCommitted = true
    for (command, completion) in zip(commands, completions) {
      deliveries.add(completion, for: command.sink)
    }
    return report
  }

  /// Gives the answers of the last batch.
  mutating func answer() {
    deliveries.send()
  }

  /// Work that nobody waits for. A failed sync in it counts like any other.
  mutating func tidy() {
    do {
      try connection.tidy()
    } catch {
      note(error, isCommitInDoubt: false)
    }
  }

  /// Runs one command. Throws only what spoils the whole batch.
  private func run(_ command: any WriteCommand, noting report: inout Report) throws -> Completion {
    try connection.mark()
    do {
      let executed = try command.execute(in: connection)
      if let fault = connection.fault { throw fault }
      guard executed.isKept else {
        try connection.undo()
        report.dropped += 1
        return executed.completion
      }
      try connection.keep()
      report.kept += 1
      if let tenant = command.tenant, !report.tenants.contains(tenant) {
        report.tenants.append(tenant)
      }
      return executed.completion
    } catch {
      if let fault = connection.fault { throw fault }
      try connection.undo()
      report.dropped += 1
      return command.refusal(error)
    }
  }

  private mutating func abandon(
    _ commands: [any WriteCommand], after error: any Error, isCommitInDoubt: Bool
  ) -> Report {
    if connection.rollback() {
      note(error, isCommitInDoubt: isCommitInDoubt)
    } else {
      failure = .needsRestart(reason: Self.reason(error))
    }
    return refuse(commands, with: failure ?? error)
  }

  private mutating func refuse(_ commands: [any WriteCommand], with error: any Error) -> Report {
    for command in commands { deliveries.add(command.refusal(error), for: command.sink) }
    return Report(dropped: commands.count)
  }

  private mutating func note(_ error: any Error, isCommitInDoubt: Bool) {
    switch error as? StoreError {
    case .diskFull, .busy, .constraint: return
    case .io(.sync, _): break
    default: guard isCommitInDoubt else { return }
    }
    failure = .needsRestart(reason: Self.reason(error))
  }

  private static func reason(_ error: any Error) -> String {
    if case .io(_, let reason) = error as? StoreError { return reason }
    return String(describing: error)
  }
}
