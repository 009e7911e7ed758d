/// Columns under headings. Cells are made safe here, so that no caller can forget it.
struct Table {
  private let headings: [String]
  private var rows: [[String]] = []

  init(_ headings: String...) {
    self.headings = headings
  }

  /// One cell for each heading; missing ones are empty, `-` stands for empty ones.
  mutating func add(_ cells: String...) {
    rows.append(headings.indices.map { index in index < cells.count ? SafeText.line(cells[index]) : "" })
  }

  /// Lines without trailing blanks, each ending in a line break. On a terminal the last column is cut to fit.
  func rendered(_ style: TextStyle) -> String {
    var widths = headings.map(\.displayWidth)
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], Table.shown(cell).displayWidth) }
    }
    var text = style.bold(line(headings, widths, style.columns)) + "\n"
    for row in rows { text += line(row.map(Table.shown), widths, style.columns) + "\n" }
    return text
  }

  private static func shown(_ cell: String) -> String { cell.isEmpty ? "-" : cell }

  private func line(_ cells: [String], _ widths: [Int], _ columns: Int?) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      if index + 1 < cells.count {
        text += cell.padded(to: widths[index]) + "  "
      } else if let columns {
        let room = columns - widths.dropLast().reduce(0) { $0 + $1 + 2 }
        text += cell.cut(to: max(room, 10))
      } else {
        text += cell
      }
    }
    return text
  }
}

/// The facts of one thing: a name and a value a line.
struct FactSheet {
  private var facts: [(name: String, value: String)] = []

  /// Leaves out what is empty.
  mutating func add(_ name: String, _ value: String) {
    guard !value.isEmpty else { return }
    facts.append((name, SafeText.line(value)))
  }

  mutating func add(_ name: String, _ values: [String]) {
    add(name, values.joined(separator: ", "))
  }

  func rendered(_ style: TextStyle) -> String {
    let width = facts.map(\.name.displayWidth).max() ?? 0
    return facts.map { "\(style.dim($0.name.padded(to: width)))  \($0.value)\n" }.joined()
  }
}
