/// `test "name" { given { … } expect { … } }`: a ticket and what the rules must make of it.
package struct TestBlock: Sendable {
  /// `subject "x"`: what one field of the ticket is. Fields that are not given are absent or as in an ordinary new
  /// ticket, see `TestTicket`.
  package struct Given: Sendable {
    package var comments: [String] = []
    /// `tag` is written as `tags […]`.
    package var field: Field
    package var span: SourceSpan
    /// Of a custom field.
    package var name: Literal?
    /// One, but any number for `tag`.
    package var values: [Literal]
  }

  package struct Expectation: Sendable {
    package enum Outcome: Sendable {
      case queue(Literal, isNot: Bool)
      case category(Literal)
      case type(Literal)
      /// Exactly these, in any order.
      case tags([Literal])
      case hasTag(Literal)
      case priority(Literal)
      case assign(AssignAction)
      case fires(Literal, isNot: Bool)
      case notified(NotifyAction.Target)
    }

    package var comments: [String] = []
    package var span: SourceSpan
    package var outcome: Outcome
  }

  package var comments: [String] = []
  package var name: Literal
  package var givenComments: [String] = []
  package var given: [Given] = []
  package var givenTrailingComments: [String] = []
  package var expectComments: [String] = []
  package var expect: [Expectation] = []
  package var expectTrailingComments: [String] = []
  package var trailingComments: [String] = []
}

extension TestBlock.Given {
  var text: String {
    var printer = Printer()
    switch field {
    case .tag: return "tags \(RuleText.list(values))"
    case .custom: printer.write("field \(RuleText.quoted(name?.value ?? "")) ")
    default: printer.write("\(field.name) ")
    }
    if let value = values.first { printer.write(value, of: field) }
    return printer.text
  }
}

extension TestBlock.Expectation.Outcome {
  var text: String {
    switch self {
    case .queue(let name, let isNot): "\(isNot ? "not " : "")queue \(RuleText.quoted(name.value))"
    case .category(let value): "category \(RuleText.quoted(value.value))"
    case .type(let value): "type \(RuleText.quoted(value.value))"
    case .tags(let tags): "tags \(RuleText.list(tags))"
    case .hasTag(let tag): "has tag \(RuleText.quoted(tag.value))"
    case .priority(let priority): "priority \(RuleText.value(priority.value))"
    case .assign(let action): action.text
    case .fires(let rule, let isNot): "\(isNot ? "not " : "")rule \(rule.value) fires"
    case .notified(let target): "notified \(target.text)"
    }
  }
}

extension Printer {
  mutating func print(_ test: TestBlock) {
    comments(0, test.comments)
    line(0, "test \(RuleText.quoted(test.name.value)) {")
    comments(1, test.givenComments)
    block("given", test.given.map { ($0.comments, $0.text) }, test.givenTrailingComments)
    comments(1, test.expectComments)
    block("expect", test.expect.map { ($0.comments, $0.outcome.text) }, test.expectTrailingComments)
    comments(1, test.trailingComments)
    line(0, "}")
  }

  private mutating func block(_ head: String, _ lines: [(comments: [String], text: String)], _ trailing: [String]) {
    let flat = "\(head) { " + lines.map { $0.text + "; " }.joined() + "}"
    let hasComments = keepsComments && !(trailing.isEmpty && lines.allSatisfy(\.comments.isEmpty))
    if !hasComments, flat.unicodeScalars.count + 2 <= Self.width {
      return line(1, flat)
    }
    line(1, "\(head) {")
    for item in lines {
      comments(2, item.comments)
      line(2, "\(item.text);")
    }
    comments(2, trailing)
    line(1, "}")
  }
}
