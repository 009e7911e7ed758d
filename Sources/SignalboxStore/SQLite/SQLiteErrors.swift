import GRDB
import GRDBSQLite

extension StoreError {
  /// Translates a result code of SQLite. This and `init(opening:at:)` are the only places that know them.
  ///
  /// - Parameters:
  ///   - code: the extended result code.
  ///   - message: SQLite's own words; they may quote names of the schema, never bound values.
  ///   - query: the name of the statement or step that failed.
  init(sqlite code: CInt, message: String, during query: String) {
    switch code & 0xff {
    case SQLITE_FULL: self = .diskFull
    case SQLITE_IOERR: self = .io(operation: FileOperation(sqlite: code), reason: message)
    case SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_CANTOPEN:
      self = .io(operation: .other, reason: message)
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy(query: query)
    case SQLITE_INTERRUPT: self = .tooSlow(query: query)
    case SQLITE_CONSTRAINT:
      self = .constraint(ConstraintKind(sqlite: code), query: query, reason: message)
    case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT:
      self = .corrupt(query: query, reason: message)
    case SQLITE_READONLY where code != SQLITE_READONLY:
      // The plain code says that a read tried to write; the extended ones speak of the files.
      self = .io(operation: .write, reason: message)
    default: self = .badQuery(query: query, reason: message)
    }
  }

  /// Translates what went wrong while the database at `path` was being opened.
  init(opening error: any Error, at path: String) {
    switch error {
    case let error as StoreError:
      self = error
    case let error as DatabaseError:
      let code = error.extendedResultCode.rawValue
      let message = error.message ?? "unknown reason"
      switch code & 0xff {
      case SQLITE_NOTADB: self = .notADatabase(path: path)
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM:
        self = .unwritable(path: path, reason: message)
      case SQLITE_BUSY, SQLITE_LOCKED: self = .locked(path: path, pid: nil)
      default: self.init(sqlite: code, message: message, during: "open")
      }
    default:
      self = .io(operation: .other, reason: String(describing: error))
    }
  }
}

extension StoreError.FileOperation {
  fileprivate init(sqlite code: CInt) {
    switch code >> 8 {
    case 1, 2: self = .read  // SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ
    case 3, 6: self = .write  // SQLITE_IOERR_WRITE, SQLITE_IOERR_TRUNCATE
    case 4, 5: self = .sync  // SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC
    default: self = .other
    }
  }
}

extension StoreError.ConstraintKind {
  fileprivate init(sqlite code: CInt) {
    switch code >> 8 {
    case 1: self = .check  // SQLITE_CONSTRAINT_CHECK
    case 3: self = .foreignKey  // SQLITE_CONSTRAINT_FOREIGNKEY
    case 5: self = .notNull  // SQLITE_CONSTRAINT_NOTNULL
    case 6, 8, 10: self = .unique  // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE, _ROWID
    default: self = .other
    }
  }
}
