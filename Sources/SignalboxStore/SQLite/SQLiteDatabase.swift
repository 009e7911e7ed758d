/// The embedded database: one writer thread that owns all commits, a few readers, one file that no
/// other process may open meanwhile.
package final class SQLiteDatabase: Database {
  package enum Location: Sendable, Equatable {
    /// Gone when closed. Reads run on the writer's thread and have no time limit.
    case memory
    /// The path of the file; it is made, with its lock file beside it, if it does not exist. Nothing
    /// else in this process may open and close this file: the system would then drop our locks on it.
    case file(String)
  }

  private let location: Location
  private let limits: StoreLimits
  private let committer: Committer
  private let writer: WorkerThread
  /// `nil` for a database in memory.
  private let readers: SQLiteReaders?
  private let unhurried: SQLiteReaders?
  private let claim: SQLiteClaim?
  private let maintenance = SQLiteMaintenance()

  /// Opens the database and brings it to the newest schema. Blocks until that is done, so it belongs
  /// into the start of the program. Throws `StoreError.locked`, `unwritable`, `notADatabase`,
  /// `newerSchema`, `migration`, or what the disk reports.
  package init(
    at location: Location, migrations: [Migration], limits: StoreLimits = StoreLimits()
  ) throws {
    let migrator = try Migrator(migrations)
    let committer = Committer(limits: limits)
    let (path, claim): (String, SQLiteClaim?) =
      switch location {
      case .memory: (":memory:", nil)
      case .file(let path): (path, try SQLiteClaim(path: path))
      }
    do {
      let writer = try WorkerThread.start(name: "store-write") {
        let connection = try SQLiteConnection(path: path, role: .writer, limits: limits)
        do {
          try claim?.excludeOtherProcesses()
          try migrator.run(on: connection)
        } catch {
          connection.close()
          throw error
        }
        return connection
      } running: { connection in
        committer.run(on: connection)
      }
      var opened: [SQLiteReaders] = []
      do {
        if claim != nil {
          opened.append(try SQLiteReaders(path: path, limits: limits))
          opened.append(try SQLiteReaders(path: path, limits: limits, areUnhurried: true))
        }
      } catch {
        for readers in opened { readers.close() }
        committer.inbox.close()
        writer.join()
        throw error
      }
      readers = opened.first
      unhurried = opened.last
      self.writer = writer
    } catch {
      claim?.release()
      throw error
    }
    self.claim = claim
    self.location = location
    self.limits = limits
    self.committer = committer
  }

  package var dialect: Dialect { .sqlite }

  package var statistics: CommitStatistics { committer.statistics }

  package func submit(_ command: any WriteCommand) throws(StoreError) {
    try committer.inbox.submit(command)
  }

  package func submit(contentsOf commands: [any WriteCommand]) -> Admission {
    committer.inbox.submit(contentsOf: commands)
  }

  package func submit(_ command: any ReadCommand) throws(StoreError) {
    if let readers {
      try readers.inbox.submit(command)
    } else {
      try committer.inbox.submit(ReadByWriter(command))
    }
  }

  package func submit(contentsOf commands: [any ReadCommand]) -> Admission {
    if let readers {
      readers.inbox.submit(contentsOf: commands)
    } else {
      committer.inbox.submit(contentsOf: commands.map(ReadByWriter.init))
    }
  }

  package func submit(unhurried command: any ReadCommand) throws(StoreError) {
    if let unhurried {
      try unhurried.inbox.submit(command)
    } else {
      try submit(command)
    }
  }

  package func observeCommits(_ observer: @escaping @Sendable (CommitNotice) -> Void) {
    committer.observe(observer)
  }

  package func backup(to path: String) async throws {
    guard case .file(let source) = location else {
      throw StoreError.unwritable(path: path, reason: "a database in memory has no backup")
    }
    let (maintenance, limits) = (maintenance, limits)
    try await WorkerThread.perform(name: "store-backup") {
      try maintenance.perform { stop in
        let connection = try SQLiteConnection(path: source, role: .reader, limits: limits)
        defer { connection.close() }
        try connection.backup(to: path, until: stop)
      }
    }
  }

  package func checkIntegrity() async throws -> [String] {
    guard case .file(let path) = location else {
      return try await read { try SQLiteIntegrity.problems(in: $0) }
    }
    let (maintenance, limits) = (maintenance, limits)
    return try await WorkerThread.perform(name: "store-check") {
      try maintenance.perform { stop in
        let connection = try SQLiteConnection(path: path, role: .reader, limits: limits)
        defer { connection.close() }
        connection.brake.stop = stop
        return try SQLiteIntegrity.problems(in: connection)
      }
    }
  }

  package func close() async {
    let (maintenance, committer, writer) = (maintenance, committer, writer)
    let readers = [readers, unhurried].compactMap(\.self)
    // The writer goes last: the last connection copies the log, and only the writer may.
    try? await WorkerThread.perform(name: "store-close") {
      maintenance.close()
      for readers in readers { readers.close() }
      committer.inbox.close()
      writer.join()
    }
    claim?.release()
  }
}

/// A read of a database in memory, which only the writer's connection can see. What it would change
/// is not kept.
private final class ReadByWriter: WriteCommand {
  private let command: any ReadCommand

  init(_ command: any ReadCommand) {
    self.command = command
  }

  var tenant: Int64? { nil }
  var isTrial: Bool { true }
  var sink: any CompletionSink { command.sink }

  func execute(in transaction: any Transaction) -> ExecutedCommand {
    ExecutedCommand(isKept: false, completion: command.execute(in: transaction))
  }

  func refusal(_ error: any Error) -> Completion {
    command.refusal(error)
  }
}
