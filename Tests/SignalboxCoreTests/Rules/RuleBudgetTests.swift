@testable import SignalboxCore
import Testing

/// What one ticket may cost the rules.
@Suite struct RuleBudgetTests {
  private static let file: String = {
    let rules = (0..<80).map { "rule r\($0) { when body contains \"needle \($0 + 100)\" then queue \"Delta\" }" }
    return """
      ruleset "t" version 1
      phase route first {
      \(rules.joined(separator: "\n"))
      keywords of queues
      otherwise { queue "ACCESS-Triage" }
      }
      """
  }()

  /// 80 searches of so many bytes; the last of them finds something.
  static let rows: [(bytes: Int, element: DecisionRecord.Element)] = [
    (64 << 10, .rule(name: "r79", line: 82)),
    (700 << 10, .rule(name: "r79", line: 82)),
    (800 << 10, .otherwise(line: 84)),
    (RuleLimits.factBytes, .otherwise(line: 84)),
  ]

  @Test(arguments: rows)
  func overItOnlyOtherwiseIsLeft(_ row: (bytes: Int, element: DecisionRecord.Element)) throws {
    let compiled = try RuleFixture.compile(
      Self.file, keywords: [QueueKeywords(queue: "Globus", keywords: ["needle", "179"])])
    let text = "needle 179"
    let facts = RoutingFacts(
      subject: "", body: String(repeating: ".", count: row.bytes - text.utf8.count) + text, channel: "email")
    let record = compiled.route(facts, queues: RuleFixture.queues)
    #expect(record.element == row.element)
    #expect(record.isOverBudget == (row.element == .otherwise(line: 84)))
    if record.isOverBudget {
      #expect(record.queue == "ACCESS-Triage")
      #expect(
        record.reason == "the rules before `otherwise` on line 84 ask for more comparisons than one ticket may cost")
    }
    #expect(DecisionRecord(decoding: record.encode()) == record)
  }

  /// A ticket is read when it comes, and once more for what looks at its queue.
  private static let reads = 2

  private static func cost(when condition: String, of facts: RoutingFacts, lists: String = "") throws -> Int {
    let compiled = try RuleFixture.compile(
      "\(RuleFixture.file(when: condition))\n\(lists)", context: RuleSetContext(queues: RuleFixture.queues))
    return compiled.evaluate(facts, run: .route, queues: RuleFixture.queues).record.cost
  }

  @Test func allTagsAreRead() throws {
    var facts = RoutingFacts(subject: "", body: "", channel: "email")
    facts.tags = (0..<4).map { String(repeating: "\($0)", count: 640) }
    #expect(try Self.cost(when: #"tag == "x" and channel == web"#, of: facts) == Self.reads * 4 * 10)
  }

  @Test func nearReadsTheTextForEachOfItsWords() throws {
    let words = (0..<8).map { "\"a\($0) b\"" }.joined(separator: ", ")
    let text = String(repeating: "x", count: 6_400)
    var facts = RoutingFacts(subject: text, body: "", channel: "email")
    facts.fields = [.init(name: "notes", value: text)]
    let expected = Self.reads * 100 + 1 + (1 + 16 * 100)
    for field in ["subject", "field \"notes\""] {
      #expect(try Self.cost(when: "channel == email and not \(field) near/32 [\(words)]", of: facts) == expected)
    }
  }

  @Test func aListOfACustomFieldIsMadeOnceAndPaidForByWhatIsFound() throws {
    let list = "list \"long\" [\((0..<2_000).map { "\"w\($0) x\"" }.joined(separator: ", "))]"
    let rules = ["any word of", "all words of", "in"].flatMap { comparison in
      (0..<100).map {
        "rule r\($0)-\(comparison.prefix(3).replacing(" ", with: "")) "
          + "{ when field \"f\($0 % 3)\" \(comparison) list \"long\" then queue \"Delta\" }\n"
      }
    }
    let compiled = try RuleFixture.compile(
      "ruleset \"t\" version 1\n\(list)\nphase route first { \(rules.joined()) otherwise { queue \"Globus\" } }",
      context: RuleSetContext(queues: RuleFixture.queues))
    #expect(compiled.program.patternSets.count == 1)
    #expect(compiled.program.valueSets.count == 1)
    var facts = RoutingFacts(subject: "", body: "", channel: "email")
    facts.fields = [.init(name: "f2", value: (0..<640).map { "w\($0) x" }.joined(separator: " "))]
    let outcome = compiled.evaluate(facts, run: .route, queues: RuleFixture.queues)
    #expect(outcome.fired.map(\.rule) == ["r2-any"])
    // Reading it; the two before that have no value; 640 of the list stand in it.
    let bytes = facts.fields[0].value.utf8.count
    #expect(outcome.record.cost == Self.reads * (bytes / 64) + 2 + 1 + 640 / 16)
  }

  @Test func anOrdinaryTicketIsFarBelowItWithAsManyRulesAsThereMayBe() throws {
    let rules = (0..<RuleLimits.rules).map { "rule r\($0) { when text contains \"w\($0)x\" then queue \"Delta\" }" }
    let compiled = try RuleFixture.compile(
      "ruleset \"t\" version 1\nphase route first {\n\(rules.joined(separator: "\n"))\notherwise { queue \"Globus\" } }"
    )
    #expect(compiled.unindexedRules.count == RuleLimits.rules)
    let facts = RoutingFacts(subject: "hello", body: String(repeating: "a word ", count: 100), channel: "email")
    #expect(compiled.route(facts, queues: RuleFixture.queues).isOverBudget == false)
  }
}
