extension RuleSetJSON {
  static func encode(_ condition: Condition) -> RuleJSON {
    var out = JSONObject()
    switch condition {
    case .and(let parts): out.add("and", .array(parts.map(encode)))
    case .or(let parts): out.add("or", .array(parts.map(encode)))
    case .not(let part): out.add("not", encode(part))
    case .custom(let atom):
      out.add("field", Field.custom.name)
      out.add("name", atom.name.value)
      encode(comparison: atom.inner, into: &out)
    default:
      out.add("field", condition.atom?.field.name)
      encode(comparison: condition, into: &out)
    }
    return out.json
  }

  private static func encode(comparison condition: Condition, into out: inout JSONObject) {
    guard let atom = condition.atom else { return }
    out.add("comparison", type(of: atom).comparison.words)
    switch condition {
    case .equals(let atom): out.add("value", atom.value.value)
    case .notEquals(let atom): out.add("value", atom.value.value)
    case .contains(let atom): out.add("value", atom.value.value)
    case .startsWith(let atom): out.add("value", atom.value.value)
    case .endsWith(let atom): out.add("value", atom.value.value)
    case .less(let atom): out.add("value", atom.value.value)
    case .atMost(let atom): out.add("value", atom.value.value)
    case .greater(let atom): out.add("value", atom.value.value)
    case .atLeast(let atom): out.add("value", atom.value.value)
    case .isIn(let atom): encode(atom.values, into: &out)
    case .anyWordOf(let atom): encode(atom.words, into: &out)
    case .allWordsOf(let atom): encode(atom.words, into: &out)
    case .near(let atom):
      out.add("within", .integer(atom.window))
      encode(atom.words, into: &out)
    case .isAbsent, .custom, .and, .or, .not: break
    }
  }

  private static func encode(_ values: ValueList, into out: inout JSONObject) {
    switch values {
    case .inline(let literals, _): out.add("values", .strings(literals))
    case .list(let name): out.add("list", name.value)
    }
  }

  static func condition(_ json: RuleJSON) throws(JSONMismatch) -> Condition {
    var fields = try JSONFields(json)
    let condition: Condition
    if fields.has("and") {
      condition = .and(try parts("and", &fields).flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
    } else if fields.has("or") {
      condition = .or(try parts("or", &fields).flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
    } else if let part = fields.take("not") {
      do throws(JSONMismatch) {
        condition = .not(try self.condition(part))
      } catch {
        throw JSONMismatch(path: error.path + [".not"], message: error.message)
      }
    } else {
      condition = try comparison(&fields)
    }
    try fields.end()
    return condition
  }

  private static func parts(_ key: String, _ fields: inout JSONFields) throws(JSONMismatch) -> [Condition] {
    let parts = try fields.array(key, condition)
    guard parts.count > 1 else { throw JSONMismatch(path: [".\(key)"], message: "expected two conditions or more") }
    return parts
  }

  private static func comparison(_ fields: inout JSONFields) throws(JSONMismatch) -> Condition {
    let name = try fields.string("field")
    guard let field = Field(name: name) else {
      throw JSONMismatch(path: [".field"], message: "unknown field `\(name)`")
    }
    guard field == .custom else { return try comparison(of: field, &fields) }
    let custom = try fields.literal("name")
    return .custom(CustomFieldCondition(name: custom, inner: try comparison(of: field, &fields), span: .start))
  }

  private static func comparison(of field: Field, _ fields: inout JSONFields) throws(JSONMismatch) -> Condition {
    let words = try fields.string("comparison")
    guard let comparison = Comparison.allCases.first(where: { $0.words == words }), comparison != .custom else {
      let all = Comparison.allCases.filter { $0 != .custom }.map(\.words)
      throw JSONMismatch(path: [".comparison"], message: "expected \(Parser.either(all))")
    }
    let span = SourceSpan.start
    switch comparison {
    case .equals: return .equals(.init(field: field, value: try value(field, &fields), span: span))
    case .notEquals: return .notEquals(.init(field: field, value: try value(field, &fields), span: span))
    case .contains: return .contains(.init(field: field, value: try value(field, &fields), span: span))
    case .startsWith: return .startsWith(.init(field: field, value: try value(field, &fields), span: span))
    case .endsWith: return .endsWith(.init(field: field, value: try value(field, &fields), span: span))
    case .less: return .less(.init(field: field, value: try value(field, &fields), span: span))
    case .atMost: return .atMost(.init(field: field, value: try value(field, &fields), span: span))
    case .greater: return .greater(.init(field: field, value: try value(field, &fields), span: span))
    case .atLeast: return .atLeast(.init(field: field, value: try value(field, &fields), span: span))
    case .isIn: return .isIn(.init(field: field, values: try values(field, &fields), span: span))
    case .anyWordOf: return .anyWordOf(.init(field: field, words: try values(field, &fields), span: span))
    case .allWordsOf: return .allWordsOf(.init(field: field, words: try values(field, &fields), span: span))
    case .near:
      let window = try fields.integer("within", in: 0...RuleLimits.nearWindow)
      return .near(.init(field: field, window: window, words: try values(field, &fields), span: span))
    case .isAbsent, .custom: return .isAbsent(.init(field: field, span: span))
    }
  }

  private static func values(_ field: Field, _ fields: inout JSONFields) throws(JSONMismatch) -> ValueList {
    if let name = try fields.optionalLiteral("list") { return .list(name) }
    let literals = try fields.literals("values")
    for literal in literals { try checkForm(literal, field, "values") }
    return .inline(literals, .start)
  }

  static func value(_ field: Field, _ fields: inout JSONFields) throws(JSONMismatch) -> Literal {
    let literal = try fields.literal("value")
    try checkForm(literal, field, "value")
    return literal
  }

  /// Numbers and durations are not quoted in the text.
  private static func checkForm(_ literal: Literal, _ field: Field, _ key: String) throws(JSONMismatch) {
    switch field.kind {
    case .integer where !RuleText.isInteger(literal.value):
      throw JSONMismatch(path: [".\(key)"], message: "expected a whole number in quotes")
    case .duration where RuleDuration(literal.value)?.text != literal.value:
      throw JSONMismatch(path: [".\(key)"], message: "expected a duration such as `4h`")
    default: break
    }
  }
}
