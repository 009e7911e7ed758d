extension RuleSetJSON {
  static func encode(_ test: TestBlock) -> RuleJSON {
    var out = JSONObject()
    out.add("comments", comments: test.comments)
    out.add("test", test.name.value)
    out.add("given_comments", comments: test.givenComments)
    out.add("given", .array(test.given.map(encode)))
    out.add("given_trailing_comments", comments: test.givenTrailingComments)
    out.add("expect_comments", comments: test.expectComments)
    out.add("expect", .array(test.expect.map(encode)))
    out.add("expect_trailing_comments", comments: test.expectTrailingComments)
    out.add("trailing_comments", comments: test.trailingComments)
    return out.json
  }

  static func test(_ fields: JSONFields) throws(JSONMismatch) -> TestBlock {
    var fields = fields
    var test = TestBlock(comments: try fields.comments(), name: try fields.literal("test"))
    test.givenComments = try fields.comments("given_comments")
    test.given = try fields.array("given", given)
    test.givenTrailingComments = try fields.comments("given_trailing_comments")
    test.expectComments = try fields.comments("expect_comments")
    test.expect = try fields.array("expect", expectation)
    test.expectTrailingComments = try fields.comments("expect_trailing_comments")
    test.trailingComments = try fields.comments("trailing_comments")
    try fields.end()
    return test
  }

  private static func encode(_ given: TestBlock.Given) -> RuleJSON {
    var out = JSONObject()
    out.add("comments", comments: given.comments)
    out.add("field", given.field.name)
    out.add("name", given.name?.value)
    if given.field == .tag {
      out.add("values", .strings(given.values))
    } else {
      out.add("value", given.values.first?.value)
    }
    return out.json
  }

  private static func given(_ json: RuleJSON) throws(JSONMismatch) -> TestBlock.Given {
    var fields = try JSONFields(json)
    let comments = try fields.comments()
    let name = try fields.string("field")
    guard let field = Field(name: name), TestTicket.fields.contains(field) else {
      throw JSONMismatch(path: [".field"], message: "no ticket of a test has a field `\(name)`")
    }
    var given = TestBlock.Given(comments: comments, field: field, span: .start, name: nil, values: [])
    if field == .custom { given.name = try fields.literal("name") }
    given.values = field == .tag ? try fields.literals("values") : [try value(field, &fields)]
    try fields.end()
    return given
  }

  private static func encode(_ expectation: TestBlock.Expectation) -> RuleJSON {
    var out = JSONObject()
    out.add("comments", comments: expectation.comments)
    switch expectation.outcome {
    case .queue(let name, let isNot): out.add(isNot ? "not_queue" : "queue", name.value)
    case .category(let value): out.add("category", value.value)
    case .type(let value): out.add("type", value.value)
    case .tags(let tags): out.add("tags", .strings(tags))
    case .hasTag(let tag): out.add("has_tag", tag.value)
    case .priority(let value): out.add("priority", value.value)
    case .assign(let action): encode(action, into: &out)
    case .fires(let rule, let isNot): out.add(isNot ? "does_not_fire" : "fires", rule.value)
    case .notified(let target): encode(target, as: "notified", into: &out)
    }
    return out.json
  }

  private static func expectation(_ json: RuleJSON) throws(JSONMismatch) -> TestBlock.Expectation {
    var fields = try JSONFields(json)
    let comments = try fields.comments()
    let outcome = try outcome(&fields)
    try fields.end()
    return TestBlock.Expectation(comments: comments, span: .start, outcome: outcome)
  }

  private static func outcome(_ fields: inout JSONFields) throws(JSONMismatch) -> TestBlock.Expectation.Outcome {
    if fields.has("queue") { return .queue(try fields.literal("queue"), isNot: false) }
    if fields.has("not_queue") { return .queue(try fields.literal("not_queue"), isNot: true) }
    if fields.has("category") { return .category(try fields.literal("category")) }
    if fields.has("type") { return .type(try fields.literal("type")) }
    if fields.has("tags") { return .tags(try fields.literals("tags")) }
    if fields.has("has_tag") { return .hasTag(try fields.literal("has_tag")) }
    if fields.has("priority") { return .priority(try fields.literal("priority")) }
    if fields.has("assign") { return .assign(try assignment(&fields)) }
    if fields.has("notified") { return .notified(try target("notified", &fields)) }
    for (key, isNot) in [("fires", false), ("does_not_fire", true)] where fields.has(key) {
      let rule = try fields.literal(key)
      guard RuleText.isWord(rule.value) else {
        throw JSONMismatch(path: [".\(key)"], message: "expected the name of a rule")
      }
      return .fires(rule, isNot: isNot)
    }
    throw JSONMismatch(
      message:
        "expected an object with `queue`, `not_queue`, `category`, `type`, `tags`, `has_tag`, `priority`, `assign`, `notified`, `fires` or `does_not_fire`"
    )
  }
}
