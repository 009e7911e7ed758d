/// `set status S`: when time has passed. Rules do not end tickets, so `solved` and `closed` are errors.
package struct SetStatusAction: Equatable, Sendable {
  static let statuses = Field.statuses.filter { $0 != "solved" && $0 != "closed" }

  static var reference: RuleReference.Entry {
    .init(
      "set status S", "the ticket gets this status: \(Parser.either(statuses))", "set status open", .escalate)
  }

  package var status: Literal

  /// After `set status`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> SetStatusAction {
    SetStatusAction(status: try parser.parseValue(.status, "after `set status`"))
  }

  func check(_ checker: inout Checker) {
    guard !Self.statuses.contains(status.value.lowercased()) else { return }
    if Field.statuses.contains(status.value.lowercased()) {
      checker.report(status.span, "rules do not end tickets; set \(Parser.either(Self.statuses))")
    } else {
      checker.checkForm(status, of: .status)
    }
  }

  var text: String { "set status \(RuleText.value(status.value))" }
}
