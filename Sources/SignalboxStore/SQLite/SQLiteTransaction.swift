import GRDBSQLite

extension SQLiteConnection: Transaction {
  func all<Output>(_ query: Query<Output>) throws -> [Output] {
    let statement = try start(query)
    defer { statement.reset() }
    let columns = SQLiteColumns(handle: statement.handle, count: statement.columnCount)
    var outputs: [Output] = []
    while try advance(statement, query.name) {
      guard outputs.count < limits.maximumRowsPerQuery else {
        throw StoreError.tooManyRows(query: query.name.description)
      }
      outputs.append(try query.decode(Row(query: query.name, columns: columns)))
    }
    return outputs
  }

  func first<Output>(_ query: Query<Output>) throws -> Output? {
    let statement = try start(query)
    defer { statement.reset() }
    guard try advance(statement, query.name) else { return nil }
    let columns = SQLiteColumns(handle: statement.handle, count: statement.columnCount)
    let output = try query.decode(Row(query: query.name, columns: columns))
    // A statement that writes and returns rows must be run to its end; a plain read need not.
    while !statement.isReadOnly, try advance(statement, query.name) {}
    return output
  }

  @discardableResult
  func run(_ statement: Query<Void>) throws -> Int {
    let name = statement.name
    let statement = try start(statement)
    defer { statement.reset() }
    while try advance(statement, name) {}
    return statement.isReadOnly ? 0 : Int(sqlite3_changes64(handle))
  }

  private func start<Output>(_ query: Query<Output>) throws -> SQLiteStatement {
    let name = query.name
    if brake.isDue { throw StoreError.tooSlow(query: name.description) }
    let statement = try statement(query.sql.sqlite, query: name)
    guard !statement.isRunning else {
      throw StoreError.badQuery(query: name.description, reason: "it runs inside itself")
    }
    guard let code = statement.bind(tenant: query.tenant, query.binds) else {
      throw StoreError.badQuery(
        query: name.description,
        reason: query.tenant == nil
          ? "it has another number of placeholders than of values"
          : "it has another number of placeholders than of values (the tenant is `$1`)")
    }
    guard code == SQLITE_OK else { throw failure(code, during: name) }
    statement.isRunning = true
    return statement
  }

  /// True if there is a row, false at the end.
  private func advance(_ statement: SQLiteStatement, _ name: StaticString) throws -> Bool {
    switch statement.step() {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw failure(code, during: name)
    }
  }
}
