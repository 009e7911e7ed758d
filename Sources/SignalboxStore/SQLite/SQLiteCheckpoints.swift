import GRDBSQLite

/// Decides when the writer copies its log into the database. SQLite would do it inside a commit; here
/// it is done after the answers have gone out, and a failure is seen. Used on the writer's thread only.
final class SQLiteCheckpoints {
  private let limits: StoreLimits
  /// Pages in the log, as of the last commit.
  private var pages = 0
  private var nextAt: Int
  private var nextWaitingAt: Int

  init(limits: StoreLimits) {
    self.limits = limits
    nextAt = limits.pagesBeforeCheckpoint
    nextWaitingAt = limits.pagesBeforeWaitingCheckpoint
  }

  /// Has SQLite report the length of the log after each commit. The connection must be closed before
  /// this object goes.
  func watch(_ handle: OpaquePointer) {
    sqlite3_wal_hook(
      handle,
      { context, _, _, pages in
        if let context {
          Unmanaged<SQLiteCheckpoints>.fromOpaque(context).takeUnretainedValue().note(Int(pages))
        }
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Copies the log if it is long enough. Readers that hold an old snapshot keep part of it back; that
  /// is no error, the next attempt comes when the log has grown again.
  func runIfDue(on handle: OpaquePointer) throws {
    guard pages >= nextAt else { return }
    let waits = pages >= nextWaitingAt
    if waits { sqlite3_busy_timeout(handle, limits.checkpointWaitMilliseconds) }
    defer { if waits { sqlite3_busy_timeout(handle, 0) } }
    let mode = waits ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE
    let code = sqlite3_wal_checkpoint_v2(handle, "main", mode, nil, nil)
    nextAt = pages + limits.pagesBeforeCheckpoint
    if waits { nextWaitingAt = pages + limits.pagesBeforeWaitingCheckpoint }
    guard code != SQLITE_OK, code & 0xff != SQLITE_BUSY else { return }
    throw StoreError(
      sqlite: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)),
      during: "checkpoint")
  }

  private func note(_ pages: Int) {
    if pages < self.pages {
      // The log has begun anew.
      nextAt = limits.pagesBeforeCheckpoint
      nextWaitingAt = limits.pagesBeforeWaitingCheckpoint
    }
    self.pages = pages
  }
}
