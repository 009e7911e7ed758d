import Yams

/// The YAML that says the same as a JSON text.
enum YAMLText {
  /// Stands before every text while it is read: the reader would drop a byte order mark at its very start.
  private static let guardian: Character = "."

  /// `json` is the escaped text of `MessageJSON`. Ends in a line break.
  static func of(json: String) throws -> String {
    guard let node = try Yams.compose(yaml: readable(json)) else { return "\n" }
    // What was escaped in the JSON text has to stay so, and the emitter knows this only for all or nothing.
    return try Yams.serialize(node: plain(node), width: -1, allowUnicode: !json.contains("\\u"))
  }

  /// Quotes only where a reader of YAML would otherwise take a text for something else.
  private static func plain(_ node: Node) throws -> Node {
    switch node {
    case .mapping(let mapping):
      let pairs = try mapping.map { (try plain($0.key), try plain($0.value)) }
      return .mapping(Node.Mapping(pairs, mapping.tag, mapping.isEmpty ? .flow : .block))
    case .sequence(let sequence):
      return .sequence(Node.Sequence(try sequence.map(plain), sequence.tag, sequence.isEmpty ? .flow : .block))
    case .scalar(let scalar):
      guard scalar.style == .doubleQuoted else { return node }
      // By scalars: a combining mark makes one character with the guardian.
      return .scalar(String(scalar.string.unicodeScalars.dropFirst()).represented())
    case .alias:
      return node
    }
  }

  /// The JSON text as YAML that reads the same: YAML has no surrogate pairs, `\udb40\udc41` is `\U000e0041` there.
  private static func readable(_ json: String) -> String {
    let units = Array(json.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(units.count + units.count / 8)
    var inString = false
    var index = 0
    while index < units.count {
      let unit = units[index]
      index += 1
      result.append(unit)
      switch unit {
      case UInt8(ascii: "\""):
        inString.toggle()
        if inString { result += Array(String(guardian).utf8) }
      case UInt8(ascii: "\\") where inString && index < units.count:
        if let joined = pair(units[(index - 1)...].prefix(12)) {
          result.removeLast()
          result += joined
          index += 11
        } else {
          result.append(units[index])
          index += 1
        }
      default:
        break
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `\U000e0041` when these twelve bytes are the two halves of a surrogate pair.
  private static func pair(_ escapes: ArraySlice<UInt8>) -> [UInt8]? {
    let text = String(decoding: escapes, as: UTF8.self)
    guard escapes.count == 12, text.hasPrefix("\\u"), text.dropFirst(6).hasPrefix("\\u"),
      let high = UInt32(text.dropFirst(2).prefix(4), radix: 16), (0xD800..<0xDC00).contains(high),
      let low = UInt32(text.dropFirst(8), radix: 16), (0xDC00..<0xE000).contains(low)
    else { return nil }
    let digits = String(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), radix: 16)
    return Array(("\\U" + String(repeating: "0", count: 8 - digits.count) + digits).utf8)
  }
}
