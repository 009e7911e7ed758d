import GRDBSQLite

/// The current row of a running statement.
struct SQLiteColumns: ColumnSource {
  let handle: OpaquePointer
  let count: Int

  // The caller has checked `column` against `count`, and the kind before each value.

  func kind(at column: Int) -> ColumnKind {
    switch sqlite3_column_type(handle, CInt(truncatingIfNeeded: column)) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  func integer(at column: Int) -> Int64 {
    sqlite3_column_int64(handle, CInt(truncatingIfNeeded: column))
  }

  func real(at column: Int) -> Double {
    sqlite3_column_double(handle, CInt(truncatingIfNeeded: column))
  }

  func text(at column: Int) -> String? {
    let column = CInt(truncatingIfNeeded: column)
    guard let start = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    // Three times as fast as the validating initializer of a string, which reads bytes of any encoding.
    guard let text = try? UTF8Span(validating: UnsafeBufferPointer(start: start, count: count).span) else { return nil }
    return String(copying: text)
  }

  func blob(at column: Int) -> [UInt8] {
    let column = CInt(truncatingIfNeeded: column)
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    let count = Int(sqlite3_column_bytes(handle, column))
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }
}
