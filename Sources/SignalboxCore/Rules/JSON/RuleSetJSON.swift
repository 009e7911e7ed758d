/// The tree of a rule set as JSON, for programs that make or change rules. Names and values are those of the text;
/// `comments` stand where the text has them and are left out if there are none.
package enum RuleSetJSON {
  package static func write(_ ruleSet: RuleSet) -> RuleJSON { encode(ruleSet) }

  /// Errors name the member, as in `items[0].elements[2].when`, or are those of the text that the JSON stands for.
  /// The tree is that of its canonical text, so that what the checker says of it has a line there.
  package static func read(_ text: String) throws(Diagnostics) -> RuleSet {
    let json = try JSONParser.parse(text)
    let ruleSet: RuleSet
    do throws(JSONMismatch) {
      ruleSet = try decode(json)
    } catch {
      throw Diagnostics([Diagnostic(.start, error.description)])
    }
    let again = try RuleSetSource.parse(Printer.text(of: ruleSet))
    // A name with a blank or a comment with a line break would be something else as text.
    guard encode(again) == encode(ruleSet) else {
      throw Diagnostics([
        Diagnostic(.start, "a name or comment in the JSON cannot be written in a rule file; keep to one line of text")
      ])
    }
    return again
  }
}

/// What does not fit, and where.
struct JSONMismatch: Error {
  /// From the inside out.
  var path: [String] = []
  let message: String

  var description: String { (path.isEmpty ? "" : path.reversed().joined() + ": ") + message }
}

// MARK: Writing

extension RuleJSON {
  static func strings(_ literals: [Literal]) -> RuleJSON { .array(literals.map { .string($0.value) }) }
}

/// An object in the making; what is empty is left out.
struct JSONObject {
  private(set) var members: [RuleJSON.Member] = []

  var json: RuleJSON { .object(members) }

  mutating func add(_ key: String, _ value: RuleJSON) { members.append(.init(key: key, value: value)) }
  mutating func add(_ key: String, _ value: String) { add(key, .string(value)) }
  mutating func add(_ key: String, _ value: String?) { if let value { add(key, .string(value)) } }
  mutating func add(_ key: String, comments: [String]) {
    if !comments.isEmpty { add(key, .array(comments.map { .string($0) })) }
  }
}

// MARK: Reading

/// An object whose members are taken one by one; what nobody takes is an error.
struct JSONFields {
  private var members: [String: RuleJSON]
  private let keys: [String]

  init(_ json: RuleJSON) throws(JSONMismatch) {
    guard case .object(let members) = json else { throw JSONMismatch(message: "expected an object") }
    self.members = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    keys = members.map(\.key)
  }

  func has(_ key: String) -> Bool { members[key] != nil }

  mutating func take(_ key: String) -> RuleJSON? { members.removeValue(forKey: key) }

  mutating func need(_ key: String) throws(JSONMismatch) -> RuleJSON {
    guard let value = take(key) else { throw JSONMismatch(message: "`\(key)` is missing") }
    return value
  }

  mutating func string(_ key: String) throws(JSONMismatch) -> String {
    let value = try need(key)
    guard case .string(let text) = value else {
      throw JSONMismatch(path: [".\(key)"], message: "expected a string")
    }
    return text
  }

  mutating func literal(_ key: String) throws(JSONMismatch) -> Literal { Literal(try string(key), .start) }

  mutating func optionalLiteral(_ key: String) throws(JSONMismatch) -> Literal? {
    has(key) ? try literal(key) : nil
  }

  mutating func integer(_ key: String, in range: ClosedRange<Int>) throws(JSONMismatch) -> Int {
    let value = try need(key)
    guard case .integer(let number) = value, range.contains(number) else {
      throw JSONMismatch(
        path: [".\(key)"], message: "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  mutating func duration(_ key: String) throws(JSONMismatch) -> RuleDuration {
    let text = try string(key)
    guard let duration = RuleDuration(text) else {
      throw JSONMismatch(path: [".\(key)"], message: "expected a duration such as `4h`")
    }
    return duration
  }

  mutating func optionalDuration(_ key: String) throws(JSONMismatch) -> RuleDuration? {
    has(key) ? try duration(key) : nil
  }

  mutating func choice<Value: RawRepresentable<String> & CaseIterable>(_ key: String, of: Value.Type)
    throws(JSONMismatch) -> Value
  {
    let text = try string(key)
    guard let value = Value(rawValue: text) else {
      throw JSONMismatch(path: [".\(key)"], message: "expected \(Parser.either(Value.allCases.map(\.rawValue)))")
    }
    return value
  }

  /// Empty if it is missing.
  mutating func comments(_ key: String = "comments") throws(JSONMismatch) -> [String] {
    guard has(key) else { return [] }
    return try array(key) { (json) throws(JSONMismatch) in try JSONFields.string(json) }
  }

  mutating func literals(_ key: String) throws(JSONMismatch) -> [Literal] {
    try array(key) { (json) throws(JSONMismatch) in Literal(try JSONFields.string(json), .start) }
  }

  mutating func array<Value>(_ key: String, _ read: (RuleJSON) throws(JSONMismatch) -> Value)
    throws(JSONMismatch) -> [Value]
  {
    let value = try need(key)
    guard case .array(let values) = value else { throw JSONMismatch(path: [".\(key)"], message: "expected an array") }
    var result: [Value] = []
    for (index, value) in values.enumerated() {
      do throws(JSONMismatch) {
        result.append(try read(value))
      } catch {
        throw JSONMismatch(path: error.path + ["[\(index)]", ".\(key)"], message: error.message)
      }
    }
    return result
  }

  /// Nobody takes more.
  func end() throws(JSONMismatch) {
    guard let key = keys.first(where: { members[$0] != nil }) else { return }
    throw JSONMismatch(message: "unknown member \(RuleText.quoted(key))")
  }

  static func string(_ json: RuleJSON) throws(JSONMismatch) -> String {
    guard case .string(let text) = json else { throw JSONMismatch(message: "expected a string") }
    return text
  }
}
