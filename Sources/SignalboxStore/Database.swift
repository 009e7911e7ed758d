/// What runs queries. There are as many implementations as there are databases, and no others:
/// tests use SQLite in memory.
///
/// Commands and reads are handed over and come back through their sink; nothing here blocks the
/// caller. `write` and `read` below are the same for callers that can wait.
package protocol Database: AnyObject, Sendable {
  var dialect: Dialect { get }

  /// Hands a command over. Either this throws at once (`overloaded`, `needsRestart`, `closed`) and the
  /// command's completion is never called, or the completion is called exactly once, after the
  /// commit that holds the change.
  func submit(_ command: any WriteCommand) throws(StoreError)

  /// Hands several commands over at the price of one. The front ones that still fit are accepted.
  func submit(contentsOf commands: [any WriteCommand]) -> Admission

  /// Hands a read over, under the same promise. It sees every commit that was answered before.
  func submit(_ command: any ReadCommand) throws(StoreError)

  /// Hands several reads over at the price of one. The front ones that still fit are accepted.
  func submit(contentsOf commands: [any ReadCommand]) -> Admission

  /// Hands over a read that is part of long work, under the same promise. It runs on a thread of its own that gives way to
  /// all others, so that nobody waits for it; in memory it runs as any other read.
  func submit(unhurried command: any ReadCommand) throws(StoreError)

  /// Has `observer` called once for each commit that changed something, after its answers have been
  /// sent, on the thread that committed: it must only pass the word on. There is one observer;
  /// setting another replaces it.
  func observeCommits(_ observer: @escaping @Sendable (CommitNotice) -> Void)

  var statistics: CommitStatistics { get }

  /// Copies the database as of one moment into a new file while work goes on. Throws
  /// `StoreError.unwritable` if `path` exists already or cannot be written.
  func backup(to path: String) async throws

  /// What is wrong with the stored data, one sentence each; empty if all is well. Reads everything.
  func checkIntegrity() async throws -> [String]

  /// Refuses new work, finishes what was accepted, and lets go of the files. May be called again.
  func close() async
}

extension Database {
  /// Runs `body` in a transaction and returns after the commit. `body` may run more than once, so it
  /// must have no effect but on the transaction.
  @discardableResult
  package func write<Output: Sendable>(
    tenant: Int64? = nil,
    _ body: @escaping @Sendable (any Transaction) throws -> Output
  ) async throws -> Output {
    try await writeOrDiscard(tenant: tenant) { .commit(try body($0)) }
  }

  /// As `write`, for a `body` that decides whether what it did is kept or was only a dry run.
  @discardableResult
  package func writeOrDiscard<Output: Sendable>(
    tenant: Int64? = nil,
    _ body: @escaping @Sendable (any Transaction) throws -> WriteOutcome<Output>
  ) async throws -> Output {
    try await withCheckedThrowingContinuation { continuation in
      do {
        try submit(
          Write(tenant: tenant, sink: InlineSink.shared, body: body) { continuation.resume(with: $0) })
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }

  /// Runs `body` on a snapshot that holds every commit answered so far.
  @discardableResult
  package func read<Output: Sendable>(
    _ body: @escaping @Sendable (any Snapshot) throws -> Output
  ) async throws -> Output {
    try await withCheckedThrowingContinuation { continuation in
      do {
        try submit(Read(sink: InlineSink.shared, body: body) { continuation.resume(with: $0) })
      } catch {
        continuation.resume(throwing: error)
      }
    }
  }
}
