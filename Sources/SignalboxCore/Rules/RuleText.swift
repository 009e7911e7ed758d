/// How strings are written in rule files.
enum RuleText {
  /// Controls, line separators and characters that reorder or hide text on a screen. They may stand in a
  /// rule file only as `\u{…}`, so that a reviewer sees what the server reads.
  static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }

  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case _ where isUnprintable(scalar): out += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// A value that is written without quotes where it can be.
  static func value(_ text: String) -> String { isWord(text) ? text : quoted(text) }

  static func list(_ values: [Literal]) -> String {
    "[" + values.map { quoted($0.value) }.joined(separator: ", ") + "]"
  }

  /// A name that can be written without quotes: a letter, then letters, digits, hyphens and underscores.
  static func isWord(_ text: String) -> Bool {
    var bytes = text.utf8.makeIterator()
    guard let first = bytes.next(), isLetter(first) else { return false }
    while let byte = bytes.next() { guard isWordByte(byte) else { return false } }
    return true
  }

  /// A whole number as people write it: no needless zeros, nine digits at most.
  static func isInteger(_ text: String) -> Bool {
    (1...9).contains(text.utf8.count) && text.utf8.allSatisfy(isDigit)
      && (text.utf8.count == 1 || text.utf8.first != 0x30)
  }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  static func isWordByte(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 0x2D || byte == 0x5F }
}
