@testable import SignalboxCore
import Testing

/// Each condition on the one ticket of `RuleFixture`.
@Suite struct ConditionTests {
  static let rows: [(String, Bool)] = [
    // ==
    (#"subject == "cannot LOG in to delta""#, true), (#"subject == "cannot log in""#, false),
    (#"category == "support: portal""#, true), (#"category == "Some Other Question""#, false),
    (#"resource == "DELTA.ncsa.access-ci.org""#, true), (#"channel == email"#, true), (#"channel == "EMAIL""#, true),
    (#"channel == form"#, false), (#"requester == "ann@example.org""#, true),
    (#"requester-domain == "example.org""#, true),
    (#"requester-domain == "ple.org""#, false), (#"organization == "ncsa""#, true), (#"tag == "vip""#, true),
    (#"tag == "vi""#, false), (#"priority == high"#, true), (#"priority == low"#, false),
    // !=
    (#"subject != "x""#, true), (#"category != "Support: Portal""#, false), (#"channel != form"#, true),
    (#"tag != "outage""#, false), (#"tag != "x""#, true), (#"priority != high"#, false),
    // in
    (#"organization in ["tacc", "ncsa"]"#, true), (#"organization in ["tacc"]"#, false),
    (#"organization in list "places""#, true), (#"tag in ["a", "Outage"]"#, true), (#"tag in ["a"]"#, false),
    (#"priority in [high, urgent]"#, true), (#"channel in ["form", chat]"#, false),
    // contains
    (#"body contains "load""#, true), (#"subject contains "load""#, false), (#"text contains "LOG IN""#, true),
    (#"text contains "delta hello""#, false), (#"body contains "cafe""#, false), (#"body contains "café""#, true),
    (#"requester contains "example""#, true), (#"category contains "portal""#, true), (#"body contains ",\nmy""#, true),
    // any word of
    (#"body any word of ["down"]"#, true), (#"body any word of ["load"]"#, false),
    (#"subject any word of ["down"]"#, false),
    (#"text any word of ["x", "log in"]"#, true), (#"text any word of ["delta hello"]"#, false),
    (#"body any word of ["a100"]"#, true), (#"body any word of ["gpu a100"]"#, true),
    (#"body any word of ["cafe"]"#, false),
    (#"body any word of ["hello my"]"#, true), (#"text any word of list "transfer""#, false),
    (#"resource any word of ["ncsa"]"#, true), (#"requester-domain any word of ["org"]"#, true),
    // all words of
    (#"text all words of ["delta", "down"]"#, true), (#"subject all words of ["delta", "down"]"#, false),
    (#"body all words of ["down", "job"]"#, true), (#"text all words of ["delta", "globus"]"#, false),
    // and, or, not, parentheses
    (#"channel == email and priority == high"#, true), (#"channel == form and priority == high"#, false),
    (#"channel == form or priority == high"#, true), (#"channel == form or priority == low"#, false),
    (#"not channel == form"#, true), (#"not channel == form and priority == low"#, false),
    (#"not (channel == form and priority == low)"#, true), (#"not not channel == email"#, true),
    (#"channel == form and priority == low or tag == "vip""#, true),
    (#"channel == form and (priority == low or tag == "vip")"#, false),
    (#"(channel == form or priority == high) and not (tag == "x" or tag == "y")"#, true),
  ]

  @Test(arguments: rows)
  func holds(_ condition: String, _ expected: Bool) throws {
    #expect(try holds(condition, RuleFixture.facts) == expected)
  }

  static let absent: [(String, Bool)] = [
    (#"category == "Support: Portal""#, false), (#"category != "Support: Portal""#, false),
    (#"category in ["Support: Portal"]"#, false), (#"category contains "s""#, false),
    (#"category any word of ["portal"]"#, false), (#"category all words of ["portal"]"#, false),
    (#"not category == "Support: Portal""#, true), (#"resource != "x""#, false), (#"organization != "x""#, false),
    (#"requester != "x""#, false), (#"requester-domain != "x""#, false), (#"tag == "x""#, false),
    (#"tag != "x""#, true),
    (#"subject == """#, true), (#"subject != "x""#, true),
  ]

  @Test(arguments: absent)
  func aComparisonWithAbsentIsFalse(_ condition: String, _ expected: Bool) throws {
    #expect(try holds(condition, RoutingFacts(subject: "", body: "", channel: "email")) == expected)
  }

  static let domains: [(String?, String, Bool)] = [
    ("a@b@C.org", "c.org", true), ("a@b@C.org", "b@c.org", false), ("nobody", "nobody", false), ("a@", "", false),
    (nil, "", false),
  ]

  @Test(arguments: domains)
  func theDomainFollowsTheLastAt(_ requester: String?, _ domain: String, _ expected: Bool) throws {
    let facts = RoutingFacts(subject: "", body: "", channel: "email", requester: requester)
    #expect(try holds("requester-domain == \"\(domain)\"", facts) == expected)
  }

  private func holds(_ condition: String, _ facts: RoutingFacts) throws -> Bool {
    let compiled = try RuleFixture.compile(RuleFixture.file(when: condition))
    let fires = compiled.route(facts, queues: RuleFixture.queues).queue == "Delta"
    #expect((compiled.explain(facts).first?.failure == nil) == fires, "explanation and decision agree")
    return fires
  }
}
