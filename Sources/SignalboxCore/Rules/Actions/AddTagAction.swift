/// `add tag "x"`: the ticket has this tag afterwards. The tags of all rules are added together.
package struct AddTagAction: Equatable, Sendable {
  static var reference: RuleReference.Entry {
    .init("add tag \"x\"", "the ticket gets this tag, if it has it not", "add tag \"outage\"", .classify, .escalate)
  }

  package var tag: Literal

  /// After `add`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> AddTagAction {
    try parser.expect(word: "tag", "after `add`")
    return AddTagAction(tag: try parser.expectString("a tag", "after `add tag`"))
  }

  func check(_ checker: inout Checker) {
    checker.checkLength(tag)
    if FoldedText(tag.value).bytes.isEmpty {
      checker.report(tag.span, "a tag has at least one visible character")
    }
  }

  var text: String { "add tag \(RuleText.quoted(tag.value))" }
}
