/// Two texts line by line, as `diff -u` shows them.
struct LineDifference {
  /// Lines kept around each change.
  static let context = 3

  private enum Line: Equatable {
    case same(String), removed(String), added(String)

    var isSame: Bool { if case .same = self { true } else { false } }
  }

  private let lines: [Line]

  init(from old: String, to new: String) {
    let before = Self.lines(old)
    let after = Self.lines(new)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      if removed.contains(old) {
        lines.append(.removed(before[old]))
        old += 1
      } else if added.contains(new) {
        lines.append(.added(after[new]))
        new += 1
      } else {
        lines.append(.same(before[old]))
        (old, new) = (old + 1, new + 1)
      }
    }
    self.lines = lines
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Empty when there is no difference.
  func rendered(from old: String, to new: String, _ style: TextStyle) -> String {
    guard lines.contains(where: { !$0.isSame }) else { return "" }
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
