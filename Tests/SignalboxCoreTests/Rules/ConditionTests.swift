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
    // starts with, ends with
    (#"subject starts with "CANNOT lo""#, true), (#"subject starts with "log""#, false),
    (#"subject ends with "delta""#, true), (#"subject ends with "to""#, false),
    (#"subject starts with "Cannot log in to Delta""#, true), (#"subject ends with "Cannot log in to Delta!""#, false),
    (#"category starts with "Support:""#, true), (#"requester-domain ends with ".org""#, true),
    (#"body ends with "closed.""#, true), (#"body ends with "closed""#, false),
    // near: job 2, on 3, gpu 4, a100 5, is 6, down 7, since 8
    (#"body near/6 ["down", "job"]"#, true), (#"body near/5 ["down", "job"]"#, false),
    (#"body near/4 ["gpu a100", "down"]"#, true), (#"body near/3 ["gpu a100", "down"]"#, false),
    (#"body near/64 ["hello", "closed"]"#, true), (#"text near/64 ["delta", "down"]"#, false),
    (#"text near/64 ["job", "down"]"#, true), (#"body near/1 ["job"]"#, true), (#"body near/1 ["jobs"]"#, false),
    (#"body near/2 ["a100", "gpu a100", "gpu"]"#, true), (#"body near/64 ["job", "cafe"]"#, false),
    (#"body near/64 list "places""#, false),
    // order
    (#"priority > normal"#, true), (#"priority >= high"#, true), (#"priority > high"#, false),
    (#"priority < urgent"#, true), (#"priority <= low"#, false), (#"handoffs < 1"#, true), (#"handoffs >= 1"#, false),
    // is absent, and what a new ticket has not
    (#"organization is absent"#, false), (#"tag is absent"#, false), (#"queue is absent"#, true),
    (#"assignee is absent and type is absent and comment is absent"#, true), (#"queue != "Delta""#, false),
    (#"field "cores" is absent"#, true), (#"field "cores" != "4""#, false), (#"not field "cores" > 4"#, true),
    (#"due-in is absent"#, true), (#"due-in > 0m or due-in <= 0m"#, false), (#"status == new"#, true),
    (#"event in [created, updated]"#, true),
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

  static let customs: [(String, String, Bool)] = [
    ("4.50", #"field "x" == "4.5""#, false), ("4.50", #"field "x" >= "4.5""#, true), ("4.50", #"field "x" < 5"#, true),
    ("-1", #"field "x" < 0"#, true), ("many", #"field "x" > 0"#, false), ("many", #"not field "x" > 0"#, true),
    ("Two GPUs", #"field "x" == "two gpus""#, true), ("Two GPUs", #"field "x" any word of ["gpus", "y"]"#, true),
    ("Two GPUs", #"field "x" any word of ["gpu"]"#, false), ("Two GPUs", #"field "x" contains "gpu""#, true),
    ("Two GPUs", #"field "x" all words of ["gpus", "two"]"#, true),
    ("Two GPUs", #"field "x" starts with "two g""#, true),
    ("Two GPUs", #"field "x" ends with "us""#, true), ("Two GPUs", #"field "x" in ["a", "TWO GPUS"]"#, true),
    ("Two GPUs", #"field "x" != "two""#, true), ("Two GPUs", #"field "x" near/2 ["gpus", "two"]"#, true),
    ("Two GPUs", #"field "x" in list "places""#, false), ("", #"field "x" is absent"#, false),
    ("", #"field "X" is absent"#, true), ("a", #"field "x" == "a" and field "y" is absent"#, true),
  ]

  @Test(arguments: customs)
  func comparesCustomFields(_ value: String, _ condition: String, _ expected: Bool) throws {
    var facts = RuleFixture.facts
    facts.fields = [.init(name: "x", value: value)]
    #expect(try holds(condition, facts) == expected)
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
