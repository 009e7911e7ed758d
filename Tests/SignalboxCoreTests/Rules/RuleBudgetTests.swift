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
