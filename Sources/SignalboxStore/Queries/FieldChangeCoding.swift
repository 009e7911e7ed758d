import SignalboxCore

/// Field changes as a column: for each, three texts of which the last two may be absent. A text is its length in bytes
/// plus one (0: absent) as a LEB128 number, then UTF-8.
enum FieldChangeCoding {
  static func encode(_ changes: [Event.FieldChange]) -> [UInt8]? {
    guard !changes.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(64 * changes.count)
    for change in changes {
      append(change.field, to: &bytes)
      append(change.before, to: &bytes)
      append(change.after, to: &bytes)
    }
    return bytes
  }

  static func decode(_ bytes: [UInt8]) throws -> [Event.FieldChange] {
    var rest = bytes[...]
    var changes: [Event.FieldChange] = []
    while !rest.isEmpty {
      let field = try text(&rest) ?? ""
      changes.append(Event.FieldChange(field, from: try text(&rest), to: try text(&rest)))
    }
    return changes
  }

  private static func append(_ text: String?, to bytes: inout [UInt8]) {
    var length = text.map { $0.utf8.count + 1 } ?? 0
    while length >= 0x80 {
      bytes.append(UInt8(length & 0x7f) | 0x80)
      length >>= 7
    }
    bytes.append(UInt8(length))
    if let text { bytes.append(contentsOf: text.utf8) }
  }

  private static func text(_ bytes: inout ArraySlice<UInt8>) throws -> String? {
    var length = 0
    var shift = 0
    var byte: UInt8
    repeat {
      guard let next = bytes.popFirst(), shift < 32 else {
        throw StoreError.corrupt(query: "events", reason: "`changes` is cut short or malformed")
      }
      byte = next
      length |= Int(byte & 0x7f) << shift
      shift += 7
    } while byte & 0x80 != 0
    guard length > 0 else { return nil }
    guard bytes.count >= length - 1 else {
      throw StoreError.corrupt(query: "events", reason: "`changes` is cut short or malformed")
    }
    defer { bytes = bytes.dropFirst(length - 1) }
    return String(decoding: bytes.prefix(length - 1), as: UTF8.self)
  }
}
