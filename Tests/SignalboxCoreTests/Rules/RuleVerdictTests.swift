import Testing

@testable import SignalboxCore

struct RuleVerdictTests {
  private static let rules = """
    ruleset "access" version 2
    phase classify all {
      rule urgent { when subject contains "down" then raise priority to high }
    }
    phase route first {
      rule old { when subject contains "hello" then queue "Stampede" }
      rule first { when subject contains "hello" then queue "Delta" because "Delta greets" }
      rule second { when priority == high and (category == "Storage" or tag == "disk") then queue "Delta" }
      rule third { when channel == web then queue "Globus" }
      otherwise { queue "ACCESS-Triage" }
    }
    phase assign first {
      rule one { when channel == web then leave unassigned }
      rule two { when channel == web then default assignee }
      otherwise { default assignee }
    }
    phase escalate timers {
      rule late { when age > 1h then raise priority to urgent }
    }
    """

  private static func verdict(on rule: String, subject: String, age: Int64 = 0) throws -> RuleVerdict? {
    var compiled = RuleSetContext(queues: RuleFixture.queues)
    compiled.queues = QueueDirectory(active: ["Delta", "ACCESS-Triage", "Globus", "Stampede"])
    let rules = try RuleSetSource.compile(Self.rules, for: compiled, keywords: [], hash: [])
    let facts = RoutingFacts(subject: subject, body: "", channel: "web")
    var present = facts
    present.now = Timestamp(milliseconds: age)
    // Stampede was retired since.
    return rules.verdict(on: rule, for: facts, present: present, queues: RuleFixture.queues)
  }

  @Test(
    arguments: [
      ("urgent", "it is down", true, nil, nil), ("urgent", "x", false, "subject contains \"down\"", nil),
      ("old", "hello", false, nil, "its queue `Stampede` is retired"),
      ("first", "hello", true, nil, nil),
      ("third", "hello", false, nil, "rule `first` on line 7: Delta greets decides before it"),
      ("second", "x", false, "priority == high", nil),
      // As the phase sees the ticket, after `classify`.
      ("second", "down", false, "category == \"Storage\" or tag == \"disk\"", nil),
      ("one", "x", true, nil, nil), ("two", "x", false, nil, "rule `one` on line 13 decides before it"),
      ("late", "x", false, "age > 1h", nil),
    ] as [(String, String, Bool, String?, String?)])
  func saysWhatStandsAgainstIt(
    _ rule: String, _ subject: String, _ fires: Bool, _ condition: String?, _ instead: String?
  ) throws {
    let verdict = try #require(try Self.verdict(on: rule, subject: subject))
    #expect(verdict.trace.rule == rule)
    #expect(verdict.fires == fires)
    #expect(verdict.trace.failure?.condition == condition)
    #expect(verdict.instead == instead)
  }

  @Test func escalationsLookAtThePresent() throws {
    #expect(try Self.verdict(on: "late", subject: "x", age: 3_600_001)?.fires == true)
  }

  @Test func actualValuesAreThoseThatTheConditionLooksAt() throws {
    let failure = try Self.verdict(on: "second", subject: "down")?.trace.failure
    #expect(failure?.actual == [.init(field: .category, value: nil), .init(field: .tag, value: "")])
  }

  @Test func noSuchRule() throws {
    #expect(try Self.verdict(on: "nonsense", subject: "x") == nil)
  }
}
