/// `at most N per ticket`: how often a rule of `escalate` fires for one ticket; once unless it says otherwise. The last
/// of the rule's actions.
package struct AtMostAction: Equatable, Sendable {
  static var reference: RuleReference.Entry {
    .init(
      "at most N per ticket", "last of the rule: how often it fires for one ticket, without it once",
      "notify assignee; at most 3 per ticket", .escalate)
  }

  package var count: Int
  package var place: Place

  /// After `at`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> AtMostAction {
    try parser.expect(word: "most", "after `at`")
    let span = parser.token.span
    let count = try parser.expectInteger("the number of times", "after `at most`", limit: RuleLimits.atMost)
    try parser.expect(word: "per", "after `at most \(count)`")
    try parser.expect(word: "ticket", "after `at most \(count) per`")
    return AtMostAction(count: count, place: Place(span))
  }

  func check(_ checker: inout Checker) {
    if !(1...RuleLimits.atMost).contains(count) {
      checker.report(place.span, "`at most` is from 1 to \(RuleLimits.atMost)")
    }
  }

  var text: String { "at most \(count) per ticket" }
}
