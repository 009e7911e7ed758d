extension Row {
  /// A column that holds one of an enumeration's names or numbers; any other is refused as corrupt.
  func value<Value: RawRepresentable<String>>(_ column: Int, as type: Value.Type) throws -> Value {
    let text = try text(column)
    guard let value = Value(rawValue: text) else { throw corrupt("column \(column) holds the unknown `\(text)`") }
    return value
  }

  func value<Value: RawRepresentable<Int64>>(_ column: Int, as type: Value.Type) throws -> Value {
    let number = try integer(column)
    guard let value = Value(rawValue: number) else { throw corrupt("column \(column) holds the unknown \(number)") }
    return value
  }
}
