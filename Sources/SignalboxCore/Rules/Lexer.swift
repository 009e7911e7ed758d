/// Cuts a rule file into tokens, one at a time; comments are collected beside them.
///
/// Never fails: what is no token comes out as `.invalid`, with the message, and costs an error only if
/// the parser reads it.
struct Lexer {
  /// Comments since they were last taken, each without its `#` and the blanks around it.
  private(set) var comments: [String] = []

  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  /// `column` is that of the byte at `columnIndex`; counted on from there, so that a file of one long line
  /// costs no more than its length.
  private var column = 1
  private var columnIndex = 0

  init(_ source: String) {
    bytes = Array(source.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
      columnIndex = 3
    }
  }

  mutating func takeComments() -> [String] {
    defer { comments.removeAll() }
    return comments
  }

  /// Everything from here on reads as the end of the file.
  mutating func stop() { index = bytes.count }

  mutating func next() -> Token {
    while index < bytes.count {
      switch bytes[index] {
      case let byte where Self.isBlank(byte): index += 1
      case 0x0A: newline()
      case 0x23:
        if let invalid = comment() { return invalid }
      default: return token()
      }
    }
    return make(.end, "", from: index)
  }

  private mutating func newline() {
    index += 1
    line += 1
    column = 1
    columnIndex = index
  }

  /// Nil if the comment was collected.
  private mutating func comment() -> Token? {
    let start = index
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
    var body = bytes[(start + 1)..<index]
    while let last = body.last, Self.isBlank(last) { body.removeLast() }
    while let first = body.first, Self.isBlank(first) { body.removeFirst() }
    let text = String(decoding: body, as: UTF8.self)
    if let scalar = text.unicodeScalars.first(where: { RuleText.isUnprintable($0) && $0 != "\t" }) {
      return make(.invalid, "the comment holds the invisible character \(Self.name(scalar)); remove it", from: start)
    }
    comments.append(text)
    return nil
  }

  private mutating func token() -> Token {
    let start = index
    let byte = bytes[index]
    if RuleText.isLetter(byte) {
      repeat { index += 1 } while index < bytes.count && RuleText.isWordByte(bytes[index])
      return make(.word, String(decoding: bytes[start..<index], as: UTF8.self), from: start)
    }
    if RuleText.isDigit(byte) {
      repeat { index += 1 } while index < bytes.count && RuleText.isWordByte(bytes[index])
      let text = String(decoding: bytes[start..<index], as: UTF8.self)
      if text.utf8.allSatisfy(RuleText.isDigit) { return make(.integer, text, from: start) }
      if RuleDuration.isWritten(text) { return make(.duration, text, from: start) }
      return make(.invalid, "`\(text)` is neither a number, a duration such as `30m` nor a name", from: start)
    }
    switch byte {
    case 0x22: return string()
    case 0x7B, 0x7D, 0x5B, 0x5D, 0x28, 0x29, 0x2C, 0x3B, 0x2F:
      index += 1
    case 0x3D, 0x21, 0x3C, 0x3E:
      index += 1
      if index < bytes.count, bytes[index] == 0x3D { index += 1 }
    default: return unknownCharacter()
    }
    return make(.symbol, String(decoding: bytes[start..<index], as: UTF8.self), from: start)
  }

  private mutating func unknownCharacter() -> Token {
    let start = index
    repeat { index += 1 } while index < bytes.count && bytes[index] & 0xC0 == 0x80
    let scalar = String(decoding: bytes[start..<index], as: UTF8.self).unicodeScalars.first ?? "?"
    let message =
      switch scalar {
      case "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}", "'":
        "strings stand between straight double quotes, found `\(scalar)`"
      case _ where RuleText.isUnprintable(scalar): "invisible character \(Self.name(scalar)); remove it"
      default: "unexpected character `\(scalar)`"
      }
    return make(.invalid, message, from: start)
  }

  private mutating func string() -> Token {
    let start = index
    index += 1
    var value: [UInt8] = []
    var problem: String?
    while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x0A {
      if bytes[index] == 0x5C {
        let escape = escape(into: &value)
        problem = problem ?? escape
      } else {
        value.append(bytes[index])
        index += 1
      }
    }
    guard index < bytes.count, bytes[index] == 0x22 else {
      return make(.invalid, "the string is not closed; put `\"` at its end, on the same line", from: start)
    }
    let raw = String(decoding: bytes[(start + 1)..<index], as: UTF8.self)
    index += 1
    if let problem { return make(.invalid, problem, from: start) }
    if let scalar = raw.unicodeScalars.first(where: RuleText.isUnprintable) {
      let escape = String(RuleText.quoted(String(scalar)).dropFirst().dropLast())
      return make(
        .invalid, "the string holds the invisible character \(Self.name(scalar)); write it as `\(escape)`", from: start)
    }
    return make(.string, String(decoding: value, as: UTF8.self), from: start)
  }

  /// Reads from the backslash on; the message if there is no such escape.
  private mutating func escape(into value: inout [UInt8]) -> String? {
    let start = index
    index += 1
    guard index < bytes.count, bytes[index] != 0x0A else { return nil }
    let kind = bytes[index]
    // A quote or a brace may follow; whole scalars only.
    repeat { index += 1 } while index < bytes.count && bytes[index] & 0xC0 == 0x80
    switch kind {
    case 0x22, 0x5C: value.append(kind)
    case 0x6E: value.append(0x0A)
    case 0x74: value.append(0x09)
    case 0x75:
      let digits = index
      guard index < bytes.count, bytes[index] == 0x7B else {
        return "`\\u` is followed by a number in braces, as in `\\u{200B}`"
      }
      while index < bytes.count, bytes[index] != 0x7D, bytes[index] != 0x22, bytes[index] != 0x0A { index += 1 }
      guard index < bytes.count, bytes[index] == 0x7D,
        let number = UInt32(String(decoding: bytes[(digits + 1)..<index], as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(number)
      else { return "`\\u{…}` takes the number of a character in hexadecimal, as in `\\u{200B}`" }
      index += 1
      UTF8Scalar.append(scalar.value, to: &value)
    default:
      let text = String(decoding: bytes[start..<index], as: UTF8.self)
      return "unknown escape `\(text)`; there are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`"
    }
    return nil
  }

  private mutating func make(_ kind: Token.Kind, _ text: String, from start: Int) -> Token {
    column += Self.scalars(bytes[columnIndex..<start])
    columnIndex = start
    let length = Self.scalars(bytes[start..<index])
    return Token(
      kind: kind, text: text, span: SourceSpan(line: line, column: column, length: length), start: start, end: index)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func scalars(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
