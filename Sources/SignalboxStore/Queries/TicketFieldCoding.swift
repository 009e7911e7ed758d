import SignalboxCore

/// Custom fields as a column: `name=value` lines in the order of the names, so that the same fields are the same text.
/// Names have no `=` and values are single lines, so nothing is lost.
enum TicketFieldCoding {
  static func encode(_ fields: [String: String]) -> String {
    guard !fields.isEmpty else { return "" }
    return fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
  }

  /// Nil for what is no such text. Cut by bytes: an accent at the start of a value makes one character with the `=`.
  static func decode(_ text: String) -> [String: String]? {
    var fields: [String: String] = [:]
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      guard let end = line.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      fields[String(decoding: line[..<end], as: UTF8.self)] =
        String(decoding: line[line.index(after: end)...], as: UTF8.self)
    }
    return fields
  }
}
