import GRDBSQLite

/// One prepared statement: knows its placeholders, binds values and steps.
///
/// It belongs to its connection, which finalizes it, and is used on that connection's thread only.
final class SQLiteStatement {
  let handle: OpaquePointer
  let columnCount: Int
  /// True if the statement can change nothing.
  let isReadOnly: Bool
  /// True from binding to reset. A statement cannot run inside itself.
  var isRunning = false
  private let parameterCount: Int
  /// Where `$1`, `$2`, … went: SQLite numbers placeholders by first appearance. Empty if in order.
  private let slots: [CInt]

  /// Prepares `sql`, which must be one statement with placeholders `$1` … `$n`, none left out.
  init(_ sql: StaticString, on connection: OpaquePointer, query: StaticString) throws {
    var handle: OpaquePointer?
    var rest: UnsafePointer<CChar>?
    let start = UnsafeRawPointer(sql.utf8Start).assumingMemoryBound(to: CChar.self)
    let code = sqlite3_prepare_v3(
      connection, start, CInt(sql.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &handle,
      &rest)
    guard code == SQLITE_OK else {
      throw StoreError(
        sqlite: sqlite3_extended_errcode(connection),
        message: String(cString: sqlite3_errmsg(connection)), during: query.description)
    }
    guard let handle else {
      throw StoreError.badQuery(query: query.description, reason: "the statement is empty")
    }
    let used = rest.map { start.distance(to: $0) } ?? sql.utf8CodeUnitCount
    do {
      guard Self.isBlank(sql, from: used) else {
        throw StoreError.badQuery(
          query: query.description, reason: "it holds more than one statement")
      }
      slots = try Self.slots(of: handle, query: query)
    } catch {
      sqlite3_finalize(handle)
      throw error
    }
    self.handle = handle
    parameterCount = Int(sqlite3_bind_parameter_count(handle))
    columnCount = Int(sqlite3_column_count(handle))
    isReadOnly = sqlite3_stmt_readonly(handle) != 0
  }

  /// Binds the tenant, if there is one, and then the values. Returns a result code of SQLite, or `nil`
  /// if the number of values is not the number of placeholders.
  func bind(tenant: Int64?, _ values: [SQLValue]) -> CInt? {
    var number = 0
    guard values.count + (tenant == nil ? 0 : 1) == parameterCount else { return nil }
    if let tenant {
      let code = sqlite3_bind_int64(handle, slot(number), tenant)
      guard code == SQLITE_OK else { return code }
      number = 1
    }
    for value in values {
      let code = bind(value, at: slot(number))
      guard code == SQLITE_OK else { return code }
      number += 1
    }
    return SQLITE_OK
  }

  /// `SQLITE_ROW`, `SQLITE_DONE`, or an error.
  func step() -> CInt {
    sqlite3_step(handle)
  }

  /// Ends a run and lets go of its locks. The error of a failed run has been reported by `step`.
  func reset() {
    sqlite3_reset(handle)
    isRunning = false
  }

  func finalize() {
    sqlite3_finalize(handle)
  }

  private func slot(_ number: Int) -> CInt {
    slots.isEmpty ? CInt(number + 1) : slots[number]
  }

  private func bind(_ value: SQLValue, at slot: CInt) -> CInt {
    switch value {
    case .null:
      return sqlite3_bind_null(handle, slot)
    case .integer(let integer):
      return sqlite3_bind_int64(handle, slot, integer)
    case .real(let real):
      return sqlite3_bind_double(handle, slot, real)
    case .text(var text):
      return text.withUTF8 { bytes in
        // An empty text has no address of its own, and no address would mean NULL.
        let start = UnsafeRawPointer(bytes.baseAddress) ?? Self.somewhere
        return sqlite3_bind_text64(
          handle, slot, start.assumingMemoryBound(to: CChar.self), UInt64(bytes.count), Self.copied,
          UInt8(SQLITE_UTF8))
      }
    case .blob(let blob):
      return blob.withUnsafeBytes { bytes in
        sqlite3_bind_blob64(
          handle, slot, bytes.baseAddress ?? Self.somewhere, UInt64(bytes.count), Self.copied)
      }
    }
  }

  /// `SQLITE_TRANSIENT`, a cast in C that Swift does not import: SQLite copies the bytes.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  private static var somewhere: UnsafeRawPointer {
    let nothing: StaticString = ""
    return UnsafeRawPointer(nothing.utf8Start)
  }

  private static func isBlank(_ sql: StaticString, from start: Int) -> Bool {
    sql.withUTF8Buffer { bytes in
      bytes.dropFirst(start).allSatisfy { $0 == 0x20 || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
    }
  }

  /// The slot of each `$n`, or nothing if they are in order. Throws if a placeholder is not `$1` … `$n`.
  private static func slots(of handle: OpaquePointer, query: StaticString) throws -> [CInt] {
    let count = sqlite3_bind_parameter_count(handle)
    guard count > 0 else { return [] }
    var slots = [CInt](repeating: 0, count: Int(count))
    for slot in 1...count {
      let name = sqlite3_bind_parameter_name(handle, slot).map { String(cString: $0) } ?? "?"
      guard name.first == "$", let number = Int(name.dropFirst()), number >= 1,
        number <= slots.count, slots[number - 1] == 0
      else {
        throw StoreError.badQuery(
          query: query.description,
          reason: "its placeholders must be `$1` to `$\(count)`, but one is `\(name)`")
      }
      slots[number - 1] = slot
    }
    return slots == Array(1...count) ? [] : slots
  }
}
