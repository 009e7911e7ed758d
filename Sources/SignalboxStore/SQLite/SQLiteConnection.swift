import GRDB
import GRDBSQLite

/// One connection to SQLite: opened, configured and closed by GRDB, but bound and stepped by us,
/// which runs small statements at twice the speed.
///
/// It is made, used and closed on one thread; between opening and closing, GRDB does not touch it
/// unless asked through `queue`.
final class SQLiteConnection {
  enum Role {
    /// The only connection that commits, and the only one that copies the log into the database:
    /// SQLite up to 3.51.2 can corrupt a file when two do.
    case writer
    case reader
  }

  /// For what GRDB does better than we would: backups.
  let queue: DatabaseQueue
  let handle: OpaquePointer
  let role: Role
  let limits: StoreLimits
  /// See `CommitConnection`.
  var fault: StoreError?
  let brake = SQLiteBrake()
  let checkpoints: SQLiteCheckpoints
  /// Prepared statements by the address of their text. The texts are literals of the program, so
  /// there are no more than it has.
  private var statements: [UnsafePointer<UInt8>: SQLiteStatement] = [:]

  /// - Parameters:
  ///   - path: of the file, or `:memory:`.
  ///   - role: a reader's file must have been opened by a writer before.
  init(path: String, role: Role, limits: StoreLimits) throws {
    self.role = role
    self.limits = limits
    do {
      queue = try DatabaseQueue(path: path, configuration: Self.configuration(for: role))
      guard let handle = queue.inDatabase({ $0.sqliteConnection }) else {
        throw StoreError.closed
      }
      self.handle = handle
    } catch {
      throw StoreError(opening: error, at: path)
    }
    checkpoints = SQLiteCheckpoints(limits: limits)
    // GRDB's observers of statements and commits expect GRDB to run them, and trap if it does not.
    sqlite3_set_authorizer(handle, nil, nil)
    sqlite3_commit_hook(handle, nil, nil)
    sqlite3_rollback_hook(handle, nil, nil)
    switch role {
    case .writer: checkpoints.watch(handle)
    case .reader: brake.fit(to: handle)
    }
  }

  /// Ends the connection. On the writer, which is the last to close, SQLite copies the rest of the log.
  func close() {
    forgetStatements()
    // It could only fail over statements of ours, and those are gone.
    try? queue.close()
  }

  /// The prepared statement for `sql`, prepared at its first use.
  func statement(_ sql: StaticString, query: StaticString) throws -> SQLiteStatement {
    guard sql.hasPointerRepresentation else {
      throw StoreError.badQuery(query: query.description, reason: "the statement is one character")
    }
    if let statement = statements[sql.utf8Start] { return statement }
    let statement = try SQLiteStatement(sql, on: handle, query: query)
    statements[sql.utf8Start] = statement
    return statement
  }

  func forgetStatements() {
    for statement in statements.values { statement.finalize() }
    statements.removeAll()
  }

  /// Runs a statement without placeholders or rows, such as BEGIN.
  func control(_ sql: StaticString) throws {
    let statement = try statement(sql, query: sql)
    defer { statement.reset() }
    let code = statement.step()
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code, during: sql) }
  }

  /// The error behind a result code; remembers it if it spoils the commit.
  func failure(_ code: CInt, during query: StaticString) -> StoreError {
    let error = StoreError(
      sqlite: code, message: String(cString: sqlite3_errmsg(handle)), during: query.description)
    switch code & 0xff {
    case SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM, SQLITE_CORRUPT, SQLITE_NOTADB:
      fault = error
    default:
      // Some errors make SQLite roll everything back by itself.
      if !isInTransaction { fault = error }
    }
    return error
  }

  var isInTransaction: Bool {
    sqlite3_get_autocommit(handle) == 0
  }

  private static func configuration(for role: Role) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.readonly = role == .reader
    configuration.busyMode = role == .reader ? .timeout(1) : .immediateError
    configuration.prepareDatabase { database in
      switch role {
      case .writer:
        try database.execute(
          sql: """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA cache_size = -65536;
            """)
      case .reader:
        try database.execute(sql: "PRAGMA query_only = ON; PRAGMA cache_size = -16384;")
      }
      try database.execute(
        sql: "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;")
    }
    return configuration
  }
}
