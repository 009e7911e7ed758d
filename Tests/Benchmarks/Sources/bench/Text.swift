internal import Glibc

/// Numbers and tables for people.
enum Text {
  /// `123,456`; small numbers keep a digit behind the point.
  static func count(_ value: Double) -> String {
    guard value >= 100 else { return fixed(value, 1) }
    var text = "\(Int(value.rounded()))"
    var at = text.count - 3
    while at > 0 {
      text.insert(",", at: text.index(text.startIndex, offsetBy: at))
      at -= 3
    }
    return text
  }

  static func fixed(_ value: Double, _ digits: Int) -> String {
    let scale = pow(10, Double(digits))
    let scaled = Int((abs(value) * scale).rounded())
    let fraction = "\(scaled % Int(scale))"
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let whole = "\(sign)\(scaled / Int(scale))"
    return digits == 0 ? whole : "\(whole).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }

  /// As few digits as a target has.
  static func short(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value))" : fixed(value, 2)
  }

  /// A table in Markdown whose columns line up, so that it is also fit for a terminal. The first two columns are words.
  static func table(_ head: [String], _ lines: [[String]]) -> String {
    let widths = head.indices.map { column in ([head] + lines).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).enumerated().map { column, pair in
        let space = String(repeating: " ", count: pair.1 - pair.0.count)
        return column < 2 ? pair.0 + space : space + pair.0
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule =
      "|"
      + widths.enumerated().map { column, width in
        String(repeating: "-", count: width + 1) + (column < 2 ? "-" : ":")
      }.joined(separator: "|") + "|"
    return ([line(head), rule] + lines.map(line)).joined(separator: "\n") + "\n"
  }

  /// To standard error, where it does not end up in a table.
  static func progress(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
