/// `queue "X"`: the ticket goes to this queue.
package struct QueueAction: Equatable, Sendable {
  static var reference: RuleReference.Entry {
    .init("queue \"X\"", "the ticket goes to this queue, which must be active", "queue \"Triage\"", .route, .escalate)
  }

  package var target: Literal

  /// After `queue`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> QueueAction {
    QueueAction(target: try parser.expectString("the name of a queue", "after `queue`"))
  }

  func check(_ checker: inout Checker) { checker.checkQueue(target) }

  var text: String { "queue \(RuleText.quoted(target.value))" }
}
