@testable import SignalboxCore
import Testing

@Suite struct EvaluatorTests {
  private static let file = """
    ruleset "access" version 12
    list "outage" ["down", "cannot log in"]
    phase route first {
      rule security { when category == "Operations: Security Practices" then queue "ACCESS-Operations-Security" because "policy 4.2" }
      rule outage { when text any word of list "outage" and tag in ["x", "VIP"] then queue "Delta" because "known" }
      rule everybody { when not tag == "never" then queue "Jetstream-2" }
      otherwise { queue "ACCESS-Triage" }
    }
    """

  @Test func recordsWhatDecided() throws {
    let record = try RuleFixture.compile(Self.file).route(RuleFixture.facts, queues: RuleFixture.queues)
    var expected = DecisionRecord(ruleSet: "access", version: 12, hash: [0xAB, 0xCD])
    expected.queue = "Delta"
    expected.element = .rule(name: "outage", line: 5)
    expected.because = "known"
    expected.matches = [
      DecisionRecord.Match(pattern: "cannot log in", field: .subject, word: 0, offset: 0),
      DecisionRecord.Match(pattern: "down", field: .body, word: 7, offset: 29),
      DecisionRecord.Match(pattern: "VIP", field: .tag),
    ]
    #expect(record == expected)
    #expect(record.reason == "rule `outage` on line 5: known")
  }

  static let matches: [(String, [DecisionRecord.Match])] = [
    (#"subject contains "LOG""#, [.init(pattern: "log", field: .subject, word: 1, offset: 7)]),
    (
      #"text contains "o""#,
      [
        .init(pattern: "o", field: .subject, word: 0, offset: 4),
        .init(pattern: "o", field: .body, word: 0, offset: nil),
      ]
    ),
    (#"body contains "clo""#, [.init(pattern: "clo", field: .body, word: 12, offset: 60)]),
    (#"body contains ", ""#, []),
    (#"channel == email or tag == "x""#, [.init(pattern: "email", field: .channel)]),
    (
      #"channel == email or tag == "vip""#,
      [.init(pattern: "email", field: .channel), .init(pattern: "vip", field: .tag)]
    ),
    (#"not body any word of ["globus"]"#, []),
    (#"priority in [low, high]"#, [.init(pattern: "high", field: .priority)]),
    (
      #"body all words of ["job", "Café"] and subject any word of ["delta"]"#,
      [
        .init(pattern: "job", field: .body, word: 2, offset: 10),
        .init(pattern: "Café", field: .body, word: 11, offset: 54),
        .init(pattern: "delta", field: .subject, word: 4, offset: 17),
      ]
    ),
  ]

  @Test(arguments: matches)
  func recordsTheWordsMatched(_ condition: String, _ expected: [DecisionRecord.Match]) throws {
    let record = try RuleFixture.compile(RuleFixture.file(when: condition)).route(
      RuleFixture.facts, queues: RuleFixture.queues)
    #expect(record.matches == expected)
  }

  @Test func recordsNoMoreMatchesThanTheLimit() throws {
    let words = (0..<200).map { "w\($0)" }
    let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
    var facts = RuleFixture.facts
    facts.body = words.joined(separator: " ")
    let record = try RuleFixture.compile(RuleFixture.file(when: "body any word of [\(list)]")).route(
      facts, queues: RuleFixture.queues)
    #expect(record.matches.count == RuleLimits.recordedItems)
  }

  @Test func firstInFileOrderWinsAndOtherwiseTakesTheRest() throws {
    let compiled = try RuleFixture.compile(Self.file)
    var facts = RuleFixture.facts
    facts.category = "Operations: Security Practices"
    #expect(compiled.route(facts, queues: RuleFixture.queues).element == .rule(name: "security", line: 4))
    facts.category = nil
    facts.tags = []
    #expect(compiled.route(facts, queues: RuleFixture.queues).element == .rule(name: "everybody", line: 6))
    facts.tags = ["never"]
    let record = compiled.route(facts, queues: RuleFixture.queues)
    #expect(record.element == .otherwise(line: 7))
    #expect(record.queue == "ACCESS-Triage")
    #expect(record.reason == "nothing before `otherwise` on line 7 fitted")
  }

  @Test func aRetiredQueueIsSkippedWithANote() throws {
    let compiled = try RuleFixture.compile(Self.file)
    let queues = QueueDirectory(active: ["ACCESS-Triage"], retired: ["Delta"])
    let record = compiled.route(RuleFixture.facts, queues: queues)
    #expect(record.queue == "ACCESS-Triage")
    #expect(record.because == nil)
    #expect(record.matches == [])
    #expect(
      record.skipped == [
        DecisionRecord.Skipped(queue: "Delta", line: 5, state: .retired),
        DecisionRecord.Skipped(queue: "Jetstream-2", line: 6, state: .unknown),
      ])
  }

  @Test func withNoQueueLeftThereIsNoneAndTheReason() throws {
    let record = try RuleFixture.compile(Self.file).route(
      RuleFixture.facts, queues: QueueDirectory(active: [], retired: ["Delta", "ACCESS-Triage"]))
    #expect(record.queue == nil)
    #expect(record.element == .nothing)
    #expect(
      record.reason
        == "no active queue is left: `Delta` on line 5 is retired, `Jetstream-2` on line 6 is unknown, `ACCESS-Triage` on line 7 is retired"
    )
  }

  static let traces: [(String, String?, [RuleTrace.Actual])] = [
    (#"channel == email"#, nil, []),
    (#"channel == form"#, "channel == form", [.init(field: .channel, value: "email")]),
    (
      #"channel == email and (priority == low or tag == "x") and tag == "y""#, #"priority == low or tag == "x""#,
      [.init(field: .priority, value: "high"), .init(field: .tag, value: "outage, VIP")]
    ),
    (
      #"channel == email and not (priority == high and channel == email)"#,
      "not (priority == high and channel == email)",
      [.init(field: .priority, value: "high"), .init(field: .channel, value: "email")]
    ),
    (
      #"text any word of ["zzz"]"#, #"text any word of ["zzz"]"#,
      [.init(field: .subject, value: "Cannot log in to Delta"), .init(field: .body, value: RuleFixture.facts.body)]
    ),
  ]

  @Test(arguments: traces)
  func explainsTheFirstFailingCondition(_ condition: String, _ failing: String?, _ actual: [RuleTrace.Actual]) throws {
    let trace = try #require(
      try RuleFixture.compile(RuleFixture.file(when: condition)).explain(RuleFixture.facts).first)
    #expect(trace.rule == "r" && trace.line == 5)
    #expect(trace.failure?.condition == failing)
    #expect(trace.failure?.actual ?? [] == actual)
  }

  static let opposing: [(String, [String])] = [
    (#"not text any word of ["log", "nowhere"]"#, ["log in subject, word 1"]),
    (#"channel == form and not text contains "delta""#, []),
    (#"not channel == email or not priority == high"#, ["email in channel", "high in priority"]),
    (#"not (not channel == email)"#, []),
    (#"text any word of ["zzz"]"#, []),
  ]

  /// What is there and must not be.
  @Test(arguments: opposing)
  func explainsWhatStandsAgainstANegation(_ condition: String, _ found: [String]) throws {
    let trace = try #require(
      try RuleFixture.compile(RuleFixture.file(when: condition)).explain(RuleFixture.facts).first)
    let matches = trace.failure?.matches ?? []
    #expect(matches.map { "\($0.pattern) in \($0.field.name)\($0.word.map { ", word \($0)" } ?? "")" } == found)
  }

  @Test func explainsAbsentAndLongValues() throws {
    let compiled = try RuleFixture.compile(RuleFixture.file(when: #"category == "Support: Portal" or body == "x""#))
    let facts = RoutingFacts(subject: "", body: String(repeating: "é", count: 500), channel: "email")
    let actual = compiled.explain(facts).first?.failure?.actual
    #expect(
      actual == [
        .init(field: .category, value: nil), .init(field: .body, value: String(repeating: "é", count: 120) + "…"),
      ])
  }
}
