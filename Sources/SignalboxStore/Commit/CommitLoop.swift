/// Commits batches of commands on one connection and decides what a failure means.
///
/// - A command that throws is undone alone; the others of its batch are kept. A savepoint for each
///   would cost as much as a third of the command, for what hardly ever happens: nearly all refusals come before
///   anything was written. So commands run without one, and a batch in which one fails that has written
///   runs again with one for each.
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
      if try !run(commands, marking: .trials, into: &completions, noting: &report) {
        guard connection.rollback() else { throw StoreError.closed }
        report = Report()
        completions.removeAll(keepingCapacity: true)
        try connection.begin()
        _ = try run(commands, marking: .all, into: &completions, noting: &report)
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

  /// Which commands get a savepoint.
  private enum Marking { case trials, all }

  /// Runs the commands in their order; false if one without a savepoint has to be undone. Throws only
  /// what spoils the whole batch.
  private func run(
    _ commands: [any WriteCommand], marking: Marking, into completions: inout [Completion], noting report: inout Report
  ) throws -> Bool {
    for command in commands {
      let isMarked = marking == .all || command.isTrial
      let before = connection.changedRows
      if isMarked { try connection.mark() }
      let (completion, isKept) = try run(command)
      if isKept {
        if isMarked { try connection.keep() }
        report.kept += 1
        if let tenant = command.tenant, !report.tenants.contains(tenant) { report.tenants.append(tenant) }
      } else {
        if isMarked {
          try connection.undo()
        } else if connection.changedRows != before {
          return false
        }
        report.dropped += 1
      }
      completions.append(completion)
    }
    return true
  }

  /// Runs one command, up to the question whether its changes stay.
  private func run(_ command: any WriteCommand) throws -> (Completion, isKept: Bool) {
    do {
      let executed = try command.execute(in: connection)
      if let fault = connection.fault { throw fault }
      if executed.isKept { try connection.verify() }
      return (executed.completion, executed.isKept)
    } catch {
      if let fault = connection.fault { throw fault }
      return (command.refusal(error), false)
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
