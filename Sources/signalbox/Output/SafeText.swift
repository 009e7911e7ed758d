/// Makes text that a stranger may have written harmless to a terminal and honest to the eye.
///
/// Control characters, among them the start of every terminal sequence, and characters that change the order or
/// hide what stands there are shown as `\u{1b}`. Joiners stay, since scripts and emoji need them.
enum SafeText {
  /// For one line: line breaks become `⏎`.
  static func line(_ text: String) -> String {
    escaped(text, lineBreak: "⏎")
  }

  /// For a paragraph: line breaks and tabs stay as they are.
  static func block(_ text: String) -> String {
    escaped(text, lineBreak: "\n", tab: "\t")
  }

  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true  // C0, DEL, C1; 0x9B alone starts a terminal sequence
    case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F: true
    case 0x2028...0x202E, 0x2060...0x206F: true  // line and paragraph separators, bidi controls, invisible operators
    case 0xFEFF, 0xFFF9...0xFFFB, 0xFFFE, 0xFFFF: true
    case 0xE0000...0xE007F: true  // tags
    default: false
    }
  }

  private static func escaped(_ text: String, lineBreak: String, tab: String? = nil) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = ""
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      switch scalar {
      case "\r" where index < scalars.endIndex && scalars[index] == "\n":
        break
      case "\n":
        result += lineBreak
      case "\t" where tab != nil:
        result += tab ?? ""
      case _ where isUnsafe(scalar):
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
