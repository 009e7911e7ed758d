@testable import SignalboxCore
import Testing

/// Which rules a ticket meets at all.
@Suite struct PhaseIndexTests {
  /// A rule alone in its set, beside others that make `common` and `NCSA` common; whether a ticket without anything of it
  /// is spared the rule.
  static let rows: [(condition: String, isIndexed: Bool)] = [
    ("organization == \"NCSA\"", true),
    ("organization in [\"NCSA\", \"TACC\"]", true),
    ("organization in list \"places\"", true),
    ("tag == \"vip\"", true),
    ("text any word of [\"globus\"]", true),
    ("text any word of list \"transfer\"", true),
    ("text all words of [\"globus\", \"down\"]", true),
    ("organization != \"NCSA\"", false),
    ("tag != \"vip\"", false),
    ("text contains \"glob\"", false),
    ("not organization == \"NCSA\"", false),
    ("text contains \"glob\" and tag == \"vip\"", true),
    ("text contains \"glob\" or tag == \"vip\"", false),
    ("tag == \"x\" or tag == \"vip\"", true),
    ("not (tag != \"x\" or organization != \"NCSA\")", false),
    ("not (not tag == \"x\" or organization != \"NCSA\")", true),
    ("not (not tag == \"x\" and not tag == \"vip\")", true),
    ("not (not tag == \"x\" and tag == \"vip\")", false),
    ("age > 4h", true),
    ("priority >= high", true),
    ("handoffs < 0", true),
    ("not age <= 4h", false),
    ("text near/5 [\"cannot\", \"log in\"]", true),
    ("subject starts with \"Re: glob\"", true),
    ("subject starts with \"glob\"", false),
    ("subject ends with \"globus\"", false),
    ("field \"software\" == \"R\"", true),
    ("field \"software\" in [\"R\", \"Julia\"]", true),
    ("field \"cores\" > 128", false),
    ("organization is absent", false),
  ]

  static let ages: [(hours: Int, tried: [Int])] = [
    (0, [0, 1, 4]), (1, [0, 1, 4]), (2, [1, 2, 4]), (4, [1, 2, 4]), (5, [1, 2, 3, 4]), (100, [2, 3, 4]),
  ]

  @Test(arguments: ages)
  func boundsAreSearched(_ row: (hours: Int, tried: [Int])) throws {
    let compiled = try RuleFixture.compile(
      """
      ruleset "t" version 1
      phase route first {
        rule a { when age < 2h then queue "Delta" }
        rule b { when age <= 50h then queue "Delta" }
        rule c { when age >= 2h then queue "Delta" }
        rule d { when age > 4h then queue "Delta" }
        otherwise { queue "ACCESS-Triage" }
      }
      """)
    var facts = RoutingFacts(subject: "", body: "", channel: "form")
    facts.now = Timestamp(milliseconds: Int64(row.hours) * 3_600_000)
    #expect(candidates(compiled, facts) == row.tried)
  }

  @Test(arguments: rows)
  func filesWhatCanBeFiled(_ row: (condition: String, isIndexed: Bool)) throws {
    let compiled = try RuleFixture.compile(RuleFixture.file(when: row.condition))
    #expect(compiled.unindexedRules.map(\.value) == (row.isIndexed ? [] : ["r"]))
    let other = RoutingFacts(subject: "hello", body: "you", channel: "form", requesterOrganization: "elsewhere")
    #expect(candidates(compiled, other) == (row.isIndexed ? [1] : [0, 1]))
  }

  private static let common = """
    ruleset "t" version 1
    phase route first {
      rule a { when organization == "NCSA" and text any word of ["rare"] then queue "Delta" }
      rule b { when organization == "NCSA" and text any word of ["unique"] then queue "Delta" }
      rule c { when organization == "NCSA" and text any word of ["login"] then queue "Delta" }
      rule d { when organization == "TACC" and text any word of ["login"] then queue "Delta" }
      rule e { when organization == "PSC" and text any word of ["login"] then queue "Delta" }
      rule f { when organization == "SDSC" and text any word of ["login"] then queue "Delta" }
      rule g { when organization == "NCSA" and text any word of ["login", "rare", "odd"] then queue "Delta" }
      otherwise { queue "ACCESS-Triage" }
    }
    """

  static let tickets: [(organization: String?, body: String, tried: [Int])] = [
    // Filed under the word that few rules name.
    ("NCSA", "nothing", [2, 6, 7]),
    (nil, "rare", [0, 7]),
    (nil, "unique", [1, 7]),
    // Filed under the organization, because so many rules name the word.
    ("TACC", "nothing", [3, 7]),
    (nil, "login", [7]),
    ("PSC", "login", [4, 7]),
  ]

  @Test(arguments: tickets)
  func choosesWhatFewerRulesName(_ row: (organization: String?, body: String, tried: [Int])) throws {
    let compiled = try RuleFixture.compile(Self.common)
    let facts = RoutingFacts(
      subject: "", body: row.body, channel: "form", requesterOrganization: row.organization)
    #expect(candidates(compiled, facts) == row.tried)
  }

  @Test func manyRulesUnderOneKeyComeOutInOrder() throws {
    let rules = (0..<500).map { "rule r\($0) { when tag == \"vip\" and text contains \"\($0)\" then queue \"Delta\" }" }
    let compiled = try RuleFixture.compile(
      "ruleset \"t\" version 1\nphase route first {\n\(rules.joined(separator: "\n"))\notherwise { queue \"Globus\" } }"
    )
    let facts = RoutingFacts(subject: "499 321", body: "", channel: "form", tags: ["VIP"])
    #expect(candidates(compiled, facts) == Array(0...500))
    #expect(candidates(compiled, RoutingFacts(subject: "321", body: "", channel: "form")) == [500])
    // Of 3, 4, 9, 21, 32, 49, 99, 321 and 499 the first.
    #expect(compiled.route(facts, queues: RuleFixture.queues).element == .rule(name: "r1", line: 4))
  }

  private func candidates(_ compiled: CompiledRuleSet, _ facts: RoutingFacts) -> [Int] {
    var set = ElementSet()
    compiled.indexes.route.collect(FactValues(facts, compiled.program, compiled.uses), into: &set)
    var candidates: [Int] = []
    while let element = set.popFirst() { candidates.append(element) }
    return candidates
  }
}
