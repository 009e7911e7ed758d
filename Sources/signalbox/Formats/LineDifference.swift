/// Two texts line by line, as `diff -u` shows them.
struct LineDifference {
  /// Lines kept around each change.
  static let context = 3
  /// Lines that are removed and added beyond what both texts begin and end with. Finding them takes memory and time with
  /// the square of their number, 16 MB for these.
  static let mostEdits = 2_000

  private enum Line: Equatable {
    case same(String), removed(String), added(String)

    var isSame: Bool { if case .same = self { true } else { false } }
  }

  private let lines: [Line]
  private let isSame: Bool

  init(from old: String, to new: String) {
    isSame = old == new
    let before = Self.lines(old)
    let after = Self.lines(new)
    let start = zip(before, after).prefix { $0 == $1 }.count
    let end = zip(before.dropFirst(start).reversed(), after.dropFirst(start).reversed()).prefix { $0 == $1 }.count
    let middle = Self.edits(Array(before[start..<(before.count - end)]), Array(after[start..<(after.count - end)]))
    lines = before.prefix(start).map(Line.same) + middle + before.suffix(end).map(Line.same)
  }

  /// Without the empty one behind the last line break.
  private static func lines(_ text: String) -> [String] {
    var lines = TextLines.all(text).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// As few lines removed and added as can be (Myers, "An O(ND) difference algorithm", the greedy one); all of them
  /// where that would be more than `mostEdits`.
  private static func edits(_ before: [String], _ after: [String]) -> [Line] {
    // How far into `before` one gets with so many edits, by how many more were removed than added.
    var reached: [[Int]] = []
    for edits in 0...min(mostEdits, before.count + after.count) {
      var row: [Int] = []
      for index in 0...edits {
        var old = reached.last.map { start($0, index) } ?? 0
        var new = old - (2 * index - edits)
        while old < before.count, new < after.count, before[old] == after[new] { (old, new) = (old + 1, new + 1) }
        row.append(old)
        if old >= before.count, new >= after.count { return path(reached, index, before, after) }
      }
      reached.append(row)
    }
    return before.map(Line.removed) + after.map(Line.added)
  }

  /// Where one more edit leads from those that were reached with one less: an added line keeps the place in the text
  /// before, a removed one moves it on.
  private static func start(_ reached: [Int], _ index: Int) -> Int {
    isAdded(reached, index) ? reached[index] : reached[index - 1] + 1
  }

  private static func isAdded(_ reached: [Int], _ index: Int) -> Bool {
    index == 0 || (index < reached.count && reached[index - 1] < reached[index])
  }

  /// The edits that led to the end of both texts, from the last one back.
  private static func path(_ reached: [[Int]], _ last: Int, _ before: [String], _ after: [String]) -> [Line] {
    var lines: [Line] = []
    var (old, new, index) = (before.count, after.count, last)
    for row in reached.reversed() {
      let begin = start(row, index)
      while old > begin {
        (old, new) = (old - 1, new - 1)
        lines.append(.same(before[old]))
      }
      if isAdded(row, index) {
        new -= 1
        lines.append(.added(after[new]))
      } else {
        old -= 1
        index -= 1
        lines.append(.removed(before[old]))
      }
    }
    while old > 0 {
      old -= 1
      lines.append(.same(before[old]))
    }
    return lines.reversed()
  }

  /// Empty when there is no difference; a sentence where only line ends differ.
  func rendered(from old: String, to new: String, _ style: TextStyle) -> String {
    guard lines.contains(where: { !$0.isSame }) else {
      return isSame ? "" : "the lines are the same, only their ends differ\n"
    }
    var shown = Array(repeating: false, count: lines.count)
    for (index, line) in lines.enumerated() where !line.isSame {
      for near in max(0, index - Self.context)...min(lines.count - 1, index + Self.context) { shown[near] = true }
    }
    var output = style.bold("--- \(SafeText.line(old))") + "\n" + style.bold("+++ \(SafeText.line(new))") + "\n"
    var (oldLine, newLine) = (1, 1)
    var wasShown = false
    for (index, line) in lines.enumerated() {
      if shown[index] {
        if !wasShown { output += style.dim("@@ line \(oldLine), now line \(newLine) @@") + "\n" }
        switch line {
        case .same(let text): output += "  \(SafeText.line(text))\n"
        case .removed(let text): output += style.bad("- \(SafeText.line(text))") + "\n"
        case .added(let text): output += style.good("+ \(SafeText.line(text))") + "\n"
        }
      }
      wasShown = shown[index]
      switch line {
      case .same: (oldLine, newLine) = (oldLine + 1, newLine + 1)
      case .removed: oldLine += 1
      case .added: newLine += 1
      }
    }
    return output
  }
}
