/// `respond within 4h`: how soon somebody must have answered. Of several rules the shortest counts.
package struct RespondWithinAction: Equatable, Sendable {
  static var reference: RuleReference.Entry {
    .init(
      "respond within DURATION", "a first answer is due so long after creation; of several the shortest counts",
      "respond within 4h", .classify)
  }

  package var duration: RuleDuration
  package var place: Place

  /// After `respond`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> RespondWithinAction {
    try parser.expect(word: "within", "after `respond`")
    let span = parser.token.span
    let duration = try parser.expectDuration("a duration such as `4h`", "after `respond within`")
    return RespondWithinAction(duration: duration, place: Place(span))
  }

  func check(_ checker: inout Checker) { checker.checkPositive(duration, place) }

  var text: String { "respond within \(duration.text)" }
}
