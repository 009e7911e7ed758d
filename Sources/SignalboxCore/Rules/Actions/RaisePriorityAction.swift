/// `raise priority to P`: never lowers it. Of several rules the highest counts.
package struct RaisePriorityAction: Equatable, Sendable {
  static var reference: RuleReference.Entry {
    .init(
      "raise priority to P", "the ticket gets this priority if its own is lower; of several the highest counts",
      "raise priority to high", .classify, .escalate)
  }

  package var priority: Literal

  /// After `raise`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> RaisePriorityAction {
    try parser.expect(word: "priority", "after `raise`")
    try parser.expect(word: "to", "after `raise priority`")
    return RaisePriorityAction(priority: try parser.parseValue(.priority, "after `raise priority to`"))
  }

  func check(_ checker: inout Checker) {
    checker.checkForm(priority, of: .priority)
    if priority.value.lowercased() == Field.priorities[0] {
      checker.report(priority.span, "no priority is lower than `\(Field.priorities[0])`, so this raises nothing")
    }
  }

  var text: String { "raise priority to \(RuleText.value(priority.value))" }
}
