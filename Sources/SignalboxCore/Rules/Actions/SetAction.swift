/// `set category "X"`, `set type "X"`, `set resource "X"` or `set field "NAME" to "X"`. Two rules that may both set one
/// of them, to different values, are an error: see `ConflictChecker`.
package struct SetAction: Equatable, Sendable {
  package enum Target: Equatable, Sendable {
    case category, type, resource
    case field(Literal)

    var title: String {
      switch self {
      case .category: "set category"
      case .type: "set type"
      case .resource: "set resource"
      case .field(let name): "set field \(RuleText.quoted(name.value))"
      }
    }
  }

  static var reference: RuleReference.Entry {
    .init(
      "set category \"X\", set type \"X\", set resource \"X\", set field \"NAME\" to \"X\"",
      "the ticket gets this value, whatever it had", "set category \"Support: Portal\"", .classify)
  }

  package var target: Target
  package var value: Literal

  /// After `set`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> SetAction {
    let target: Target
    if parser.accept(word: "category") {
      target = .category
    } else if parser.accept(word: "type") {
      target = .type
    } else if parser.accept(word: "resource") {
      target = .resource
    } else if parser.accept(word: "field") {
      let name = try parser.expectString("the name of a custom field", "after `set field`")
      try parser.expect(word: "to", "after `set field \(RuleText.quoted(name.value))`")
      target = .field(name)
    } else {
      let words = ["category", "type", "resource", "field", "status"]
      throw parser.unexpected(Parser.either(words), "after `set`", words: words)
    }
    return SetAction(target: target, value: try parser.expectString("the value", "after `\(target.title)`"))
  }

  func check(_ checker: inout Checker) {
    checker.checkLength(value)
    if value.value.isEmpty { checker.report(value.span, "the value is empty; leave the action out") }
    switch target {
    case .category: checker.checkCategory(value)
    case .type: checker.checkKnown(value, "ticket type", among: checker.context.types)
    case .resource: break
    case .field(let name): checker.checkCustomField(name)
    }
  }

  var text: String {
    let to = if case .field = target { "to " } else { "" }
    return "\(target.title) \(to)\(RuleText.quoted(value.value))"
  }
}
