/// Writes a tree as its one canonical text: two blanks for a level, one line for each clause of a rule,
/// comments on lines of their own above what they belong to.
///
/// Lines are kept to `width` where that is possible: a longer list has one value on each line, a longer
/// condition one operand of its outermost `and` or `or`.
package struct Printer {
  static let width = 100
  private var output = ""
  private(set) var keepsComments = true

  /// Ends with a newline.
  package static func text(of ruleSet: RuleSet) -> String {
    var printer = Printer()
    printer.print(ruleSet)
    return printer.output
  }

  /// On one line, as in an explanation.
  static func text(of condition: Condition) -> String {
    var printer = Printer()
    printer.print(condition)
    return printer.output
  }

  /// What is written without comments.
  static func bare(_ print: (inout Printer) -> Void) -> String {
    var printer = Printer()
    printer.keepsComments = false
    print(&printer)
    return printer.output
  }

  /// What has been written so far.
  var text: String { output }

  mutating func write(_ text: String) { output += text }

  /// A value as it stands after a comparison.
  mutating func write(_ value: Literal, of field: Field) {
    let isBare =
      switch field.kind {
      case .name, .choice: RuleText.isWord(value.value)
      case .custom: RuleText.isInteger(value.value)
      case .integer, .duration: true
      case .text, .joinedText, .label, .set, .time, .date: false
      }
    output += isBare ? value.value : RuleText.quoted(value.value)
  }

  mutating func write(_ list: ValueList, of field: Field) {
    switch list {
    case .list(let name): output += "list \(RuleText.quoted(name.value))"
    case .inline(let values, _):
      output += "["
      for (index, value) in values.enumerated() {
        if index > 0 { output += ", " }
        write(value, of: field)
      }
      output += "]"
    }
  }

  mutating func line(_ level: Int, _ text: String) {
    output += String(repeating: " ", count: level * 2) + text + "\n"
  }

  mutating func comments(_ level: Int, _ comments: [String]) {
    guard keepsComments else { return }
    for comment in comments { line(level, comment.isEmpty ? "#" : "# \(comment)") }
  }

  private mutating func print(_ ruleSet: RuleSet) {
    comments(0, ruleSet.comments)
    line(0, "ruleset \(RuleText.quoted(ruleSet.name.value)) version \(ruleSet.version)")
    for item in ruleSet.items {
      output += "\n"
      switch item {
      case .list(let list): print(list)
      case .phase(let phase): print(phase)
      case .on(let clause): print(clause)
      case .test(let test): print(test)
      }
    }
    if !ruleSet.trailingComments.isEmpty { output += "\n" }
    comments(0, ruleSet.trailingComments)
  }

  mutating func print(_ list: ListDeclaration) {
    comments(0, list.comments)
    let head = "list \(RuleText.quoted(list.name.value)) ["
    let values = list.elements.map { RuleText.quoted($0.literal.value) }
    let flat = head + values.joined(separator: ", ") + "]"
    let hasComments =
      keepsComments && (!list.trailingComments.isEmpty || list.elements.contains { !$0.comments.isEmpty })
    guard hasComments || flat.unicodeScalars.count > Self.width && !values.isEmpty else { return line(0, flat) }
    line(0, head)
    for (index, element) in list.elements.enumerated() {
      comments(1, element.comments)
      line(1, values[index] + (index + 1 < values.count ? "," : ""))
    }
    comments(1, list.trailingComments)
    line(0, "]")
  }

  private mutating func print(_ phase: Phase) {
    comments(0, phase.comments)
    line(0, "phase \(phase.kind.rawValue) \(phase.mode.rawValue) {")
    for element in phase.elements { print(element) }
    comments(1, phase.trailingComments)
    line(0, "}")
  }

  mutating func print(_ element: Phase.Element) {
    switch element {
    case .rule(let rule): print(rule)
    case .keywords(let keywords):
      comments(1, keywords.comments)
      let margin = keywords.margin == KeywordScoring.defaultMargin ? "" : " margin \(keywords.margin)"
      line(1, "keywords of queues\(margin)")
    case .otherwise(let otherwise):
      comments(1, otherwise.comments)
      line(1, "otherwise { \(Self.text(of: otherwise.actions)) }")
    }
  }

  private mutating func print(_ rule: Rule) {
    comments(1, rule.comments)
    line(1, "rule \(rule.name.value) {")
    comments(2, rule.whenComments)
    if let condition = rule.condition { printWhen(condition) }
    comments(2, rule.thenComments)
    line(2, "then \(Self.text(of: rule.actions))")
    comments(2, rule.becauseComments)
    if let because = rule.because { line(2, "because \(RuleText.quoted(because.value))") }
    comments(2, rule.trailingComments)
    line(1, "}")
  }

  private mutating func printWhen(_ condition: Condition) {
    let flat = "when \(Self.text(of: condition))"
    guard flat.unicodeScalars.count + 4 > Self.width else { return line(2, flat) }
    let (word, parts): (String, [Condition]) =
      switch condition {
      case .and(let parts): ("and", parts)
      case .or(let parts): ("or", parts)
      default: ("", [condition])
      }
    for (index, part) in parts.enumerated() {
      let operand = Self.text(of: part, within: condition)
      line(index == 0 ? 2 : 3, index == 0 ? "when \(operand)" : "\(word) \(operand)")
    }
  }

  private static func text(of condition: Condition, within outer: Condition) -> String {
    let text = text(of: condition)
    return outer.isAnd && condition.isOr ? "(\(text))" : text
  }

  private static func text(of actions: [Action]) -> String { actions.map(\.text).joined(separator: "; ") }

  private mutating func print(_ condition: Condition) {
    switch condition {
    case .and(let parts): output += parts.map { Self.text(of: $0, within: condition) }.joined(separator: " and ")
    case .or(let parts): output += parts.map { Self.text(of: $0) }.joined(separator: " or ")
    case .not(let part):
      let text = Self.text(of: part)
      output += part.isAnd || part.isOr ? "not (\(text))" : "not \(text)"
    default:
      guard let atom = condition.atom else { return }
      let comparison = type(of: atom).comparison
      output += "\(atom.field.name) \(comparison.words)\(comparison.gap)"
      atom.print(&self)
    }
  }
}
