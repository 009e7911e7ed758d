/// JSON as rule sets need it: no null, no fractions; members keep their order.
package indirect enum RuleJSON: Equatable, Sendable {
  package struct Member: Equatable, Sendable {
    package var key: String
    package var value: RuleJSON
  }

  case object([Member])
  case array([RuleJSON])
  case string(String)
  case integer(Int)
  case bool(Bool)

  /// Bytes of a text, and how deep it nests: what the largest and deepest legal rule set needs.
  package static let bytes = RuleLimits.sourceBytes * 4
  package static let depth = 96

  /// On one line.
  package var text: String {
    var out = ""
    write(to: &out)
    return out
  }

  private func write(to out: inout String) {
    switch self {
    case .object(let members):
      out += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { out += "," }
        Self.write(member.key, to: &out)
        out += ":"
        member.value.write(to: &out)
      }
      out += "}"
    case .array(let values):
      out += "["
      for (index, value) in values.enumerated() {
        if index > 0 { out += "," }
        value.write(to: &out)
      }
      out += "]"
    case .string(let text): Self.write(text, to: &out)
    case .integer(let number): out += String(number)
    case .bool(let value): out += value ? "true" : "false"
    }
  }

  private static func write(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
