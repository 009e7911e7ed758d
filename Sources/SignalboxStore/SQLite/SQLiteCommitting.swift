import GRDBSQLite

extension SQLiteConnection: CommitConnection {
  func begin() throws {
    fault = nil
    try control("BEGIN IMMEDIATE")
  }

  func mark() throws {
    try control("SAVEPOINT command")
  }

  var changedRows: Int64 { sqlite3_total_changes64(handle) }

  func verify() throws {
    // Foreign keys whose check was put off would be checked in the commit and fail all of the batch.
    var broken: CInt = 0
    var highest: CInt = 0
    sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &broken, &highest, 0)
    guard broken == 0 else {
      throw StoreError.constraint(
        .foreignKey, query: "commit", reason: "a row refers to one that does not exist")
    }
  }

  func keep() throws {
    try control("RELEASE command")
  }

  func undo() throws {
    try control("ROLLBACK TO command")
    try control("RELEASE command")
  }

  func commit() throws {
    try control("COMMIT")
  }

  func rollback() -> Bool {
    // SQLite may have rolled back already, and then says that there is nothing to roll back.
    if isInTransaction { try? control("ROLLBACK") }
    return !isInTransaction
  }

  func tidy() throws {
    do {
      try checkpoints.runIfDue(on: handle)
    } catch StoreError.diskFull {
      // What was to be copied is safe in the log; there is another attempt when the log has grown.
    }
  }
}

extension SQLiteConnection: MigrationTarget {
  func transact(_ body: (any Transaction) throws -> Void) throws {
    try control("BEGIN IMMEDIATE")
    do {
      try body(self)
      try control("COMMIT")
    } catch {
      _ = rollback()
      throw error
    }
  }

  func migrate(_ body: (any Transaction) throws -> Void) throws {
    // Tables can only be rebuilt while nobody minds the references to them, and this can only be
    // switched outside a transaction.
    try control("PRAGMA foreign_keys = OFF")
    let result = Result {
      try transact { transaction in
        try body(transaction)
        guard try first(Self.foreignKeyCheck) == nil else {
          throw StoreError.constraint(
            .foreignKey, query: "migration", reason: "a row refers to one that does not exist")
        }
      }
    }
    // Nothing of a migration is used again.
    forgetStatements()
    try control("PRAGMA foreign_keys = ON")
    try result.get()
  }

  private static let foreignKeyCheck = Query<Void>(
    acrossTenants: "foreign key check", sql: "PRAGMA foreign_key_check")
}
