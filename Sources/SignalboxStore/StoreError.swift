/// Why the store could not do what it was asked.
package enum StoreError: Error, Sendable, Equatable {
  /// Too much is waiting already; nothing was done. Choose `tooSlow` for work that was begun.
  case overloaded
  /// A read ran longer than it may and was stopped; nothing was changed.
  case tooSlow(query: String)
  /// A query found more rows than one answer may hold.
  case tooManyRows(query: String)
  /// There is no room for the change. Nothing of the commit was kept; later ones try again.
  case diskFull
  /// Reading or writing the files failed. If it came from a write, nothing of the commit was
  /// acknowledged.
  case io(operation: FileOperation, reason: String)
  /// A commit may or may not have reached the disk, so nothing more is acknowledged by this process.
  /// Reads go on.
  case needsRestart(reason: String)
  /// The database has been closed by us.
  case closed
  /// Another connection holds a lock. Our own lock should make this impossible.
  case busy(query: String)
  /// A rule of the schema refused the change; only this command was dropped.
  case constraint(ConstraintKind, query: String, reason: String)
  /// What is stored is not what this program stores. Choose `notADatabase` when opening.
  case corrupt(query: String, reason: String)
  /// The statement itself is wrong: our mistake, found the first time it runs.
  case badQuery(query: String, reason: String)
  /// Another process has the database open. `pid` is `nil` if it could not be told.
  case locked(path: String, pid: Int32?)
  /// The file, or the folder it is in, cannot be written.
  case unwritable(path: String, reason: String)
  /// The file holds something else.
  case notADatabase(path: String)
  /// The schema is of a later program.
  case newerSchema(found: Int64, known: Int64)
  /// A migration failed or is not the one that was applied; nothing of it was kept.
  case migration(name: String, reason: String)
}

extension StoreError {
  package enum FileOperation: String, Sendable {
    case read
    case write
    /// Making what was written safe. After this one nobody knows what the disk holds.
    case sync
    case other
  }

  package enum ConstraintKind: String, Sendable {
    case unique
    case foreignKey
    case notNull
    case check
    case other
  }
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .overloaded:
      "too much work is waiting for the database; try again a little later"
    case .tooSlow(let query):
      "the read `\(query)` took too long and was stopped; narrow what it asks for"
    case .tooManyRows(let query):
      "`\(query)` found more rows than one answer may hold; ask for fewer at a time"
    case .diskFull:
      "no room left for the database; free some space, writing then goes on by itself"
    case .io(let operation, let reason):
      "a file operation (\(operation.rawValue)) of the database failed: \(reason); check the disk and the system log"
    case .needsRestart(let reason):
      "a commit could not be made safe: \(reason); check the disk, then restart the server (everything acknowledged before is kept)"
    case .closed:
      "the database is closed; connect to a running server"
    case .busy(let query):
      "`\(query)` found the database locked; make sure that nothing else has its file open"
    case .constraint(let kind, let query, let reason):
      "`\(query)` breaks a rule of the schema (\(kind.rawValue)): \(reason)"
    case .corrupt(let query, let reason):
      "`\(query)` found damaged data: \(reason); run the integrity check and restore a backup"
    case .badQuery(let query, let reason):
      "`\(query)` cannot be run: \(reason); please report this"
    case .locked(let path, let pid):
      "`\(path)` is in use by \(pid.map { "process \($0)" } ?? "another process"); stop that one first or use another file"
    case .unwritable(let path, let reason):
      "cannot write `\(path)`: \(reason); check the path, its owner and its permissions"
    case .notADatabase(let path):
      "`\(path)` is not a database of this server; check the path or restore a backup"
    case .newerSchema(let found, let known):
      "the database has schema version \(found) but this program knows only \(known); install the newer program or restore an older backup"
    case .migration(let name, let reason):
      "the schema change `\(name)` was not applied: \(reason); the database is as it was before"
    }
  }
}
