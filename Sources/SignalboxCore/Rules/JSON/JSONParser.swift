/// Reads `RuleJSON` strictly: one value, nothing behind it, no member twice, no invalid escape. Memory is bounded by the
/// input, the stack by `RuleJSON.depth`.
struct JSONParser {
  private let bytes: [UInt8]
  private var index = 0

  static func parse(_ text: String) throws(Diagnostics) -> RuleJSON {
    guard text.utf8.count <= RuleJSON.bytes else {
      throw Diagnostics([
        Diagnostic(.start, "the JSON has \(text.utf8.count) bytes; the limit is \(RuleJSON.bytes)")
      ])
    }
    var parser = JSONParser(bytes: Array(text.utf8))
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.index == parser.bytes.count else { throw parser.fail("expected the end of the JSON") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func fail(_ message: String) -> Diagnostics {
    let before = bytes[..<min(index, bytes.count)]
    let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = before[lineStart...].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    return Diagnostics([Diagnostic(SourceSpan(line: line, column: column, length: 1), message)])
  }

  private mutating func skipBlanks() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private mutating func accept(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(Diagnostics) -> RuleJSON {
    guard depth < RuleJSON.depth else { throw fail("the JSON is nested more than \(RuleJSON.depth) deep") }
    skipBlanks()
    guard index < bytes.count else { throw fail("expected a value, found the end of the JSON") }
    switch bytes[index] {
    case 0x7B: return try object(depth)
    case 0x5B: return try array(depth)
    case 0x22: return .string(try string())
    case 0x2D, 0x30...0x39: return .integer(try integer())
    default:
      for (word, value) in [("true", true), ("false", false)] where bytes[index...].starts(with: word.utf8) {
        index += word.utf8.count
        return .bool(value)
      }
      throw fail("expected an object, an array, a string, a whole number, `true` or `false`")
    }
  }

  private mutating func object(_ depth: Int) throws(Diagnostics) -> RuleJSON {
    index += 1
    var members: [RuleJSON.Member] = []
    guard !accept(0x7D) else { return .object([]) }
    var keys: Set<String> = []
    repeat {
      skipBlanks()
      guard index < bytes.count, bytes[index] == 0x22 else { throw fail("expected the name of a member in quotes") }
      let key = try string()
      guard keys.insert(key).inserted else { throw fail("member \(RuleText.quoted(key)) stands twice") }
      guard accept(0x3A) else { throw fail("expected `:` after the name of a member") }
      members.append(RuleJSON.Member(key: key, value: try value(depth: depth + 1)))
    } while accept(0x2C)
    guard accept(0x7D) else { throw fail("expected `,` or `}`") }
    return .object(members)
  }

  private mutating func array(_ depth: Int) throws(Diagnostics) -> RuleJSON {
    index += 1
    var values: [RuleJSON] = []
    guard !accept(0x5D) else { return .array([]) }
    repeat { values.append(try value(depth: depth + 1)) } while accept(0x2C)
    guard accept(0x5D) else { throw fail("expected `,` or `]`") }
    return .array(values)
  }

  private mutating func integer() throws(Diagnostics) -> Int {
    let start = index
    if bytes[index] == 0x2D { index += 1 }
    let digits = index
    while index < bytes.count, RuleText.isDigit(bytes[index]) { index += 1 }
    let hasNeedlessZero = index - digits > 1 && bytes[digits] == 0x30
    let isFraction = index < bytes.count && [0x2E, 0x65, 0x45].contains(bytes[index])
    guard !hasNeedlessZero, !isFraction, let value = Int(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw fail("expected a whole number")
    }
    return value
  }

  private mutating func string() throws(Diagnostics) -> String {
    index += 1
    var value: [UInt8] = []
    while index < bytes.count, bytes[index] != 0x22 {
      guard bytes[index] >= 0x20 else { throw fail("control characters stand in strings only as escapes") }
      if bytes[index] == 0x5C {
        try escape(into: &value)
      } else {
        value.append(bytes[index])
        index += 1
      }
    }
    guard index < bytes.count else { throw fail("the string is not closed") }
    index += 1
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func escape(into value: inout [UInt8]) throws(Diagnostics) {
    let kind = index + 1 < bytes.count ? bytes[index + 1] : 0
    let plain: UInt8? =
      switch kind {
      case 0x22, 0x5C, 0x2F: kind
      case 0x62: 0x08
      case 0x66: 0x0C
      case 0x6E: 0x0A
      case 0x72: 0x0D
      case 0x74: 0x09
      default: nil
      }
    if let byte = plain {
      value.append(byte)
      index += 2
      return
    }
    guard kind == 0x75, let first = unit(at: index + 2) else { throw fail("unknown escape in a string") }
    if let scalar = Unicode.Scalar(first) {
      UTF8Scalar.append(scalar.value, to: &value)
      index += 6
      return
    }
    guard first < 0xDC00, bytes.dropFirst(index + 6).starts(with: [0x5C, 0x75]), let second = unit(at: index + 8),
      (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fail("half a character: `\\u` escapes of one come in pairs") }
    UTF8Scalar.append(scalar.value, to: &value)
    index += 12
  }

  private func unit(at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    let digits = bytes[start..<(start + 4)]
    guard digits.allSatisfy({ RuleText.isDigit($0) || ($0 | 0x20) &- 0x61 < 6 }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
