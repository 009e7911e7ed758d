/// The threads that read a database file, each with a connection of its own, fed from one inbox.
/// They never wait for the writer, nor it for them.
struct SQLiteReaders: Sendable {
  let inbox: Inbox<any ReadCommand>
  private let threads: [WorkerThread]

  /// Starts the threads; throws if a connection cannot be opened.
  ///
  /// - Parameter areUnhurried: one thread, which gives way to all others.
  init(path: String, limits: StoreLimits, areUnhurried: Bool = false) throws {
    var limits = limits
    if areUnhurried {
      limits.readers = 1
      limits.readLimit = limits.unhurriedReadLimit
    }
    let name = areUnhurried ? "store-slow" : "store-read"
    let bounds = limits
    let inbox = Inbox<any ReadCommand>(capacity: limits.maximumWaitingReads)
    var threads: [WorkerThread] = []
    do {
      for number in 1...max(1, limits.readers) {
        threads.append(
          try WorkerThread.start(name: "\(name)-\(number)", givesWay: areUnhurried) {
            try SQLiteConnection(path: path, role: .reader, limits: bounds)
          } running: { connection in
            Self.run(on: connection, feeding: inbox, limits: bounds)
          })
      }
    } catch {
      inbox.close()
      for thread in threads { thread.join() }
      throw error
    }
    self.inbox = inbox
    self.threads = threads
  }

  /// Finishes what was accepted and closes the connections. Blocks, at most for the reads that wait.
  func close() {
    inbox.close()
    for thread in threads { thread.join() }
  }

  /// One reader's life. Reads that wait together share a snapshot, as long as it is young, and their
  /// answers travel together.
  private static func run(
    on connection: SQLiteConnection, feeding inbox: Inbox<any ReadCommand>, limits: StoreLimits
  ) {
    var deliveries = Deliveries()
    while let commands = inbox.take(
      atMost: limits.maximumReadsPerSnapshot, consumers: max(1, limits.readers))
    {
      var begun: ContinuousClock.Instant?
      for command in commands {
        let now = ContinuousClock.now
        if let since = begun, since.duration(to: now) > limits.snapshotShare {
          _ = connection.rollback()
          deliveries.send()
          begun = nil
        }
        connection.brake.deadline = nil
        do {
          if begun == nil { try connection.control("BEGIN DEFERRED") }
          begun = begun ?? now
          connection.brake.deadline = now.advanced(by: limits.readLimit)
          deliveries.add(command.execute(in: connection), for: command.sink)
        } catch {
          deliveries.add(command.refusal(error), for: command.sink)
        }
      }
      connection.brake.deadline = nil
      _ = connection.rollback()
      deliveries.send()
    }
    connection.close()
  }
}
