/// What a column holds, as the database says.
package enum ColumnKind: String, Sendable {
  case null
  case integer
  case real
  case text
  case blob
}

/// The current row of a driver's result. One conformance for each driver; `Row` asks for the kind
/// before it asks for the value, so a driver never has to convert.
package protocol ColumnSource {
  var count: Int { get }
  func kind(at column: Int) -> ColumnKind
  func integer(at column: Int) -> Int64
  func real(at column: Int) -> Double
  /// `nil` if the bytes are not UTF-8.
  func text(at column: Int) -> String?
  func blob(at column: Int) -> [UInt8]
}

/// One row of a result, lent to a query's `decode` and gone when it returns.
///
/// Columns are numbered from 0. Nothing here traps: a column that is missing, NULL where a value was
/// expected, or of another kind throws `StoreError.corrupt` with the query's name and the column.
package struct Row: ~Copyable {
  private let query: StaticString
  private let columns: any ColumnSource

  package init(query: StaticString, columns: any ColumnSource) {
    self.query = query
    self.columns = columns
  }

  package func integer(_ column: Int) throws -> Int64 {
    try require(.integer, at: column)
    return columns.integer(at: column)
  }

  package func integerOrNull(_ column: Int) throws -> Int64? {
    try holds(.integer, at: column) ? columns.integer(at: column) : nil
  }

  /// A flag, stored as 0 or 1; any other number is refused.
  package func flag(_ column: Int) throws -> Bool {
    switch try integer(column) {
    case 0: return false
    case 1: return true
    case let other: throw corrupt("column \(column) holds \(other) where 0 or 1 was expected")
    }
  }

  package func real(_ column: Int) throws -> Double {
    try require(.real, at: column)
    return columns.real(at: column)
  }

  package func realOrNull(_ column: Int) throws -> Double? {
    try holds(.real, at: column) ? columns.real(at: column) : nil
  }

  package func text(_ column: Int) throws -> String {
    try require(.text, at: column)
    return try validText(column)
  }

  package func textOrNull(_ column: Int) throws -> String? {
    try holds(.text, at: column) ? try validText(column) : nil
  }

  package func blob(_ column: Int) throws -> [UInt8] {
    try require(.blob, at: column)
    return columns.blob(at: column)
  }

  package func blobOrNull(_ column: Int) throws -> [UInt8]? {
    try holds(.blob, at: column) ? columns.blob(at: column) : nil
  }

  /// For values that are of the right kind but mean nothing, such as an unknown status number.
  package func corrupt(_ reason: String) -> StoreError {
    .corrupt(query: query.description, reason: reason)
  }

  private func validText(_ column: Int) throws -> String {
    guard let text = columns.text(at: column) else {
      throw corrupt("column \(column) holds text that is not UTF-8")
    }
    return text
  }

  private func require(_ kind: ColumnKind, at column: Int) throws {
    guard try holds(kind, at: column) else {
      throw corrupt("column \(column) is null where \(kind.rawValue) was expected")
    }
  }

  /// False for NULL; throws when the column is missing or holds something else.
  private func holds(_ expected: ColumnKind, at column: Int) throws -> Bool {
    guard column >= 0, column < columns.count else {
      throw corrupt("column \(column) is missing, there are \(columns.count)")
    }
    let found = columns.kind(at: column)
    if found == expected { return true }
    if found == .null { return false }
    throw corrupt("column \(column) holds \(found.rawValue) where \(expected.rawValue) was expected")
  }
}
