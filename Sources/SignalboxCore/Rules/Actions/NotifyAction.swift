/// `notify TARGET [saying "text"]`. What two rules say alike to the same is said once.
package struct NotifyAction: Equatable, Sendable {
  package enum Target: Equatable, Sendable {
    case queueWatchers, assignee, requester
    case person(Literal)
    case group(Literal)

    package var text: String {
      switch self {
      case .queueWatchers: "queue watchers"
      case .assignee: "assignee"
      case .requester: "requester"
      case .person(let handle): "person \(RuleText.quoted(handle.value))"
      case .group(let name): "group \(RuleText.quoted(name.value))"
      }
    }
  }

  static var reference: RuleReference.Entry {
    .init(
      "notify TARGET, notify TARGET saying \"text\"",
      "TARGET is `queue watchers`, `assignee`, `requester`, `person \"handle\"` or `group \"NAME\"`",
      "notify queue watchers saying \"nobody has looked at it yet\"", .notify, .escalate)
  }

  package var target: Target
  package var saying: Literal?
  package var place: Place

  /// After `notify`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> NotifyAction {
    let place = Place(parser.token.span)
    let target = try parseTarget(&parser, "after `notify`")
    let saying = parser.accept(word: "saying") ? try parser.expectString("the text", "after `saying`") : nil
    return NotifyAction(target: target, saying: saying, place: place)
  }

  static func parseTarget(_ parser: inout Parser, _ context: String) throws(ParseFailure) -> Target {
    if parser.accept(word: "queue") {
      try parser.expect(word: "watchers", "after `queue`")
      return .queueWatchers
    }
    if parser.accept(word: "assignee") { return .assignee }
    if parser.accept(word: "requester") { return .requester }
    if parser.accept(word: "person") { return .person(try parser.expectString("a handle", "after `person`")) }
    if parser.accept(word: "group") { return .group(try parser.expectString("the name of a group", "after `group`")) }
    throw parser.unexpected(
      "`queue watchers`, `assignee`, `requester`, `person \"…\"` or `group \"…\"`", context,
      words: ["queue", "assignee", "requester", "person", "group"])
  }

  func check(_ checker: inout Checker) {
    checker.check(target)
    if let saying, saying.value.utf8.count > RuleLimits.becauseBytes {
      checker.report(
        saying.span, "the text has \(saying.value.utf8.count) bytes; the limit is \(RuleLimits.becauseBytes)")
    }
  }

  var text: String { "notify \(target.text)" + (saying.map { " saying \(RuleText.quoted($0.value))" } ?? "") }
}
