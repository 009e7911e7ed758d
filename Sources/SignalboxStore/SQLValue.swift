/// A value on its way into a statement, in the five kinds that both databases know.
///
/// Values are bound, never spelled into the SQL text, so that text from a peer stays data.
package enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int64)
  /// A number with a fraction. Not-a-number is stored as NULL by SQLite.
  case real(Double)
  case text(String)
  case blob([UInt8])
}

extension SQLValue {
  /// NULL for `nil`.
  package init(_ value: Int64?) {
    self = value.map(SQLValue.integer) ?? .null
  }

  /// NULL for `nil`.
  package init(_ value: String?) {
    self = value.map(SQLValue.text) ?? .null
  }

  /// NULL for `nil`; an empty array is an empty blob, not NULL.
  package init(_ value: [UInt8]?) {
    self = value.map(SQLValue.blob) ?? .null
  }

  /// Flags are stored as 0 and 1, in both databases.
  package init(_ flag: Bool) {
    self = .integer(flag ? 1 : 0)
  }
}
