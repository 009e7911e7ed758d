/// A file of lines with tabs between their columns, the first of which names them.
struct TabSeparated {
  struct Row {
    /// From 1, the header being line 1.
    var line: Int
    fileprivate var cells: [String: String]

    /// The first of these columns that the file has; empty when it has none of them.
    func text(_ columns: String...) -> String {
      columns.lazy.compactMap { cells[$0] }.first ?? ""
    }
  }

  let file: String
  let rows: [Row]

  /// Throws when a line has another number of columns than the header, or one of `required` is not there under
  /// any of its names.
  init(_ text: String, file: String, required: [[String]]) throws {
    self.file = file
    var header: [String]?
    var rows: [Row] = []
    for (index, line) in TextLines.of(text) {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { $0.trimmed }
      guard let header else {
        for names in required where !names.contains(where: cells.contains) {
          throw InputFault(
            file: file, line: index, message: "the header names no column `\(names.joined(separator: "` or `"))`")
        }
        guard Set(cells).count == cells.count else {
          throw InputFault(file: file, line: index, message: "the header names a column twice")
        }
        header = cells
        continue
      }
      guard cells.count == header.count else {
        throw InputFault(
          file: file, line: index, message: "\(Count.of(cells.count, "column")) instead of \(header.count)")
      }
      rows.append(Row(line: index, cells: Dictionary(uniqueKeysWithValues: zip(header, cells))))
    }
    guard header != nil else { throw InputFault(file: file, line: nil, message: "the file is empty") }
    self.rows = rows
  }
}

/// The lines of a text, whichever system ended them.
enum TextLines {
  /// With what stands behind the last line break, which is often nothing.
  static func all(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// With their numbers from 1, without those that are blank.
  static func of(_ text: String) -> [(number: Int, text: Substring)] {
    zip(1..., all(text)).filter { !$1.allSatisfy(\.isWhitespace) }.map { (number: $0, text: $1) }
  }
}
