import GRDBSQLite
import Synchronization

/// Told from another thread to stop what a connection is doing.
final class StopFlag: Sendable {
  private let isSetStorage = Atomic(false)

  func set() {
    isSetStorage.store(true, ordering: .relaxed)
  }

  var isSet: Bool {
    isSetStorage.load(ordering: .relaxed)
  }
}

/// Stops a statement that runs past its deadline or is no longer wanted. Used on the thread of its
/// connection only, except for the flag.
final class SQLiteBrake {
  /// Instructions of SQLite's machine between two looks at the clock: some tens of microseconds.
  private static let instructionsBetweenLooks: CInt = 4096

  var deadline: ContinuousClock.Instant?
  var stop: StopFlag?

  /// The connection must be closed before this object goes.
  func fit(to handle: OpaquePointer) {
    sqlite3_progress_handler(
      handle, Self.instructionsBetweenLooks,
      { context in
        guard let context else { return 0 }
        return Unmanaged<SQLiteBrake>.fromOpaque(context).takeUnretainedValue().isDue ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  var isDue: Bool {
    if let deadline, ContinuousClock.now >= deadline { return true }
    return stop?.isSet ?? false
  }
}
