import Yams

/// The YAML that says the same as a JSON text.
enum YAMLText {
  /// `json` is the escaped text of `MessageJSON`. Ends in a line break.
  static func of(json: String) throws -> String {
    let readable = pairsJoined(json)
    guard let node = try Yams.compose(yaml: readable) else { return "\n" }
    // What was escaped in the JSON text has to stay so, and the emitter knows this only for all or nothing.
    return try Yams.serialize(node: plain(node), width: -1, allowUnicode: !json.contains("\\u"))
  }

  /// Quotes only where a reader of YAML would otherwise take a text for something else.
  private static func plain(_ node: Node) throws -> Node {
    switch node {
    case .mapping(let mapping):
      return .mapping(
        Node.Mapping(try mapping.map { (try plain($0.key), try plain($0.value)) }, mapping.tag, mapping.isEmpty ? .flow : .block))
    case .sequence(let sequence):
      return .sequence(Node.Sequence(try sequence.map(plain), sequence.tag, sequence.isEmpty ? .flow : .block))
    case .scalar(let scalar):
      return scalar.style == .doubleQuoted ? .scalar(scalar.string.represented()) : node
    case .alias:
      return node
    }
  }

  /// YAML has no surrogate pairs: `\udb40\udc41` is `\U000e0041` there.
  private static func pairsJoined(_ json: String) -> String {
    guard json.contains("\\ud") else { return json }
    return json.replacing(#/(\\\\)|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/#) { match in
      guard let first = match.output.2, let second = match.output.3,
        let high = UInt32(first, radix: 16), let low = UInt32(second, radix: 16)
      else { return String(match.output.0) }
      let digits = String(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00), radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
  }
}
