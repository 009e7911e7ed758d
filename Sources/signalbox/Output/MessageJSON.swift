import SwiftProtobuf

/// Messages as JSON text, always in the same order: that of the field numbers.
enum MessageJSON {
  /// On one line, without characters that a terminal might act on: they stand there as `\u001b`.
  static func compact(_ message: any Message) throws -> String {
    var options = JSONEncodingOptions()
    options.preserveProtoFieldNames = true
    options.useDeterministicOrdering = true
    return escaped(try message.jsonString(options: options))
  }

  /// Outside of its strings JSON is ASCII, so whatever is unsafe stands within one and may be escaped.
  static func escaped(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: SafeText.isUnsafe) else { return json }
    var result = ""
    for scalar in json.unicodeScalars {
      guard SafeText.isUnsafe(scalar) else {
        result.unicodeScalars.append(scalar)
        continue
      }
      for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result
  }

  /// The same values with a member or element a line, indented by two.
  static func indented(_ json: String) -> String {
    var result = ""
    var depth = 0
    var inString = false
    var afterBackslash = false
    var opened = false
    for character in json.unicodeScalars {
      if inString {
        result.unicodeScalars.append(character)
        if afterBackslash {
          afterBackslash = false
        } else if character == "\\" {
          afterBackslash = true
        } else if character == "\"" {
          inString = false
        }
        continue
      }
      let isClosing = character == "}" || character == "]"
      if isClosing {
        depth -= 1
        if !opened { result += lineStart(depth) }
      } else if opened {
        result += lineStart(depth)
      }
      opened = character == "{" || character == "["
      result.unicodeScalars.append(character)
      switch character {
      case "{", "[": depth += 1
      case ",": result += lineStart(depth)
      case ":": result += " "
      case "\"": inString = true
      default: break
      }
    }
    return result
  }

  private static func lineStart(_ depth: Int) -> String {
    "\n" + String(repeating: "  ", count: max(0, depth))
  }
}
