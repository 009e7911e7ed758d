import Synchronization

/// Lets long jobs (backup, check) run one at a time, and ends them when the database is closed.
final class SQLiteMaintenance: Sendable {
  private let turn = Mutex(())
  private let stop = StopFlag()

  /// Runs `job` when the one before has ended. The job looks at the flag now and then. Blocks.
  func perform<Output: Sendable>(_ job: (StopFlag) throws -> Output) throws -> Output {
    try turn.withLock { _ in
      guard !stop.isSet else { throw StoreError.closed }
      do {
        return try job(stop)
      } catch  where stop.isSet {
        throw StoreError.closed
      }
    }
  }

  /// Ends the job that runs, waits for it, and refuses others. Blocks.
  func close() {
    stop.set()
    turn.withLock { _ in }
  }
}

/// Looks for damage: in the pages, in the indexes, in the references between rows.
enum SQLiteIntegrity {
  static func problems(in snapshot: any Snapshot) throws -> [String] {
    let pages = try snapshot.all(
      Query(
        acrossTenants: "integrity check", sql: "PRAGMA integrity_check(100)",
        decode: { row in try row.text(0) })
    ).filter { $0 != "ok" }
    let references = try snapshot.all(
      Query(
        acrossTenants: "foreign key check",
        sql: """
          SELECT "table", rowid, "parent", count(*) FROM pragma_foreign_key_check
          GROUP BY "table", "parent" LIMIT 100
          """,
        decode: { row in
          try """
          \(row.integer(3)) rows of `\(row.text(0))` refer to rows of `\(row.text(2))` that do not exist
          """
        }))
    return pages + references
  }
}
