@testable import SignalboxCore
import Testing

/// What the phases make of a ticket, one after the other.
@Suite struct PhaseTests {
  private static let file = """
    ruleset "t" version 1
    on reassignment run classify, route, assign
    phase classify all {
      rule big { when text any word of ["outage"] then raise priority to urgent; respond within 4h; add tag "outage" }
      rule slow { when text any word of ["slow"] then raise priority to high; respond within 2h; add tag "Outage"; add tag "slow" }
      rule gpu { when resource starts with "delta" then set field "partition" to "gpu" }
      rule blind { when tag == "outage" then set category "Support: Portal" }
    }
    phase route first {
      rule gpu-desk { when field "partition" == "gpu" then queue "Delta" because "the desk for GPUs" }
      rule sent { when event == reassigned and handoffs > 5 then queue "ACCESS-Triage" }
      keywords of queues
      otherwise { queue "ACCESS-Triage" }
    }
    phase assign first {
      rule urgent { when priority == urgent and queue-organization == "NCSA" then assign "ada" }
      rule spread { when queue == "Delta" then assign round robin of group "ops" with skills ["gpu"] relaxed after 4h at most 5 per 1d by offer for 15m }
      otherwise { leave unassigned }
    }
    phase notify all {
      rule person { when assignee == "ada" then notify assignee; notify requester saying "we are on it" }
      rule again { when priority >= high then notify assignee }
    }
    phase escalate timers {
      rule old { when age > 1d and status in [new, open] then notify queue watchers; raise priority to high; at most 2 per ticket }
      rule stuck { when time-in-queue >= 2d then queue "ACCESS-Triage"; set status open; add tag "stuck" }
    }
    """

  private static let queues = QueueDirectory(
    active: ["Delta", "ACCESS-Triage", "Globus"], retired: ["Stampede"], organizations: ["Delta": "NCSA"])

  private func evaluate(_ facts: RoutingFacts, run: PhaseSet? = nil) throws -> RuleOutcome {
    let compiled = try RuleFixture.compile(
      Self.file, keywords: [QueueKeywords(queue: "Globus", keywords: ["globus"])])
    return compiled.evaluate(facts, run: run ?? compiled.phases(on: facts.event), queues: Self.queues)
  }

  @Test func eachPhaseSeesWhatThoseBeforeItMade() throws {
    let facts = RoutingFacts(
      subject: "Outage", body: "slow, too", resource: "Delta.ncsa", channel: "email", tags: ["x"], priority: "normal")
    let outcome = try evaluate(facts)
    var effects = Effects()
    effects.priority = "urgent"
    effects.respondWithin = RuleDuration("2h")
    effects.addedTags = ["outage", "slow"]
    effects.fields = [.init(name: "partition", value: "gpu")]
    effects.queue = "Delta"
    effects.assign = AssignAction(target: .person(Literal("ada", .start)), place: Place(.start))
    effects.notify = [
      NotifyAction(target: .assignee, place: Place(.start)),
      NotifyAction(target: .requester, saying: Literal("we are on it", .start), place: Place(.start)),
    ]
    #expect(outcome.effects == effects)
    // `blind` looks at a tag that a rule of its own phase adds.
    #expect(outcome.fired.map(\.rule) == ["big", "slow", "gpu", "gpu-desk", "urgent", "person", "again"])
    #expect(outcome.record.fired == outcome.fired)
    #expect(outcome.record.element == .rule(name: "gpu-desk", line: 10))
    #expect(outcome.record.because == "the desk for GPUs")
    #expect(
      outcome.record.notes == [
        "priority: `urgent` by rule `big`, `high` by rule `slow`; the highest counts",
        "respond within: `4h` by rule `big`, `2h` by rule `slow`; the shortest counts",
      ])
    #expect(outcome.record.cost > 0 && !outcome.record.isOverBudget)
  }

  @Test func whatATicketHasAlreadyIsNoEffect() throws {
    var facts = RoutingFacts(
      subject: "Outage", body: "", resource: "delta", channel: "email", tags: ["OUTAGE"], priority: "urgent")
    facts.fields = [.init(name: "partition", value: "gpu")]
    facts.queue = "Delta"
    facts.queueOrganization = "NCSA"
    facts.assignee = "ada"
    facts.category = "Support: Portal"
    let outcome = try evaluate(facts, run: [.classify, .route, .assign])
    var effects = Effects()
    effects.respondWithin = RuleDuration("4h")
    #expect(outcome.effects == effects)
    #expect(outcome.record.queue == "Delta")
  }

  @Test func withAPlaceOnlyRulesMoveATicket() throws {
    var facts = RoutingFacts(subject: "globus", body: "", channel: "email")
    #expect(try evaluate(facts).effects.queue == "Globus")
    facts.body = "nothing"
    facts.subject = ""
    #expect(try evaluate(facts).effects.queue == "ACCESS-Triage")
    facts.subject = "globus"
    facts.queue = "Delta"
    facts.event = .reassigned
    let outcome = try evaluate(facts)
    #expect(outcome.effects.queue == nil)
    #expect(outcome.record.element == .stays && outcome.record.queue == nil)
    #expect(outcome.record.reason == "no rule moves it")
    facts.handoffs = 6
    #expect(try evaluate(facts).effects.queue == "ACCESS-Triage")
  }

  @Test func aQueueThatAPersonChoseIsLeftOnUpdatesAndComments() throws {
    var facts = RoutingFacts(subject: "", body: "", resource: "delta", channel: "email")
    facts.queue = "Globus"
    facts.isQueueChosen = true
    for (event, moves) in [(RuleEvent.updated, false), (.commented, false), (.reassigned, true)] {
      facts.event = event
      #expect(try evaluate(facts, run: [.classify, .route]).effects.queue == (moves ? "Delta" : nil), "\(event)")
    }
  }

  @Test func anAssigneeStaysUnlessARuleSaysOtherwiseOrTheQueueChanged() throws {
    var facts = RoutingFacts(subject: "", body: "", channel: "email")
    facts.queue = "Globus"
    facts.assignee = "bob"
    facts.event = .updated
    #expect(try evaluate(facts, run: [.assign]).effects.assign == nil)
    facts.assignee = nil
    #expect(try evaluate(facts, run: [.assign]).effects.assign == nil, "it has nobody, and gets nobody")
    facts.assignee = "bob"
    facts.event = .reassigned
    #expect(try evaluate(facts, run: [.assign]).effects.assign?.text == "leave unassigned")
    facts.event = .updated
    facts.queue = "Delta"
    #expect(
      try evaluate(facts, run: [.assign]).effects.assign?.text
        == "assign round robin of group \"ops\" with skills [\"gpu\"] relaxed after 4h at most 5 per 1d by offer for 15m"
    )
  }

  @Test func escalationsFireWhenTheyFallDueAndSoOftenOnly() throws {
    var facts = RoutingFacts(subject: "", body: "", channel: "email")
    facts.event = .timer
    facts.queue = "Delta"
    facts.queuedAt = Timestamp(milliseconds: 0)
    facts.now = Timestamp(milliseconds: 86_400_000)
    #expect(try evaluate(facts).effects.isEmpty, "a day is not more than a day")
    facts.now.milliseconds += 1
    #expect(try evaluate(facts).fired.map(\.rule) == ["old"])
    facts.escalations = ["old": 1]
    #expect(try evaluate(facts).fired.map(\.rule) == ["old"])
    facts.escalations = ["old": 2]
    #expect(try evaluate(facts).fired == [])
    facts.now.milliseconds = 2 * 86_400_000
    let outcome = try evaluate(facts)
    #expect(outcome.effects.queue == "ACCESS-Triage" && outcome.effects.status == "open")
    #expect(outcome.effects.addedTags == ["stuck"])
  }

  static let due: [(String, Int64, [String: Int], Int64?)] = [
    ("age > 1h", 0, [:], 3_600_000), ("age > 1h", 3_600_000, [:], 3_600_001), ("age > 1h", 3_600_001, [:], nil),
    ("age > 1h", 0, ["late": 1], nil), ("age > 1h", 0, ["other": 9], 3_600_000),
    ("not idle < 2h", 0, [:], 7_200_000 + 60_000), ("time-in-queue >= 30m", 0, [:], nil),
    ("due-in <= 1h", 0, [:], 32_400_000), ("due-in < 0m", 36_000_000, [:], 36_000_001),
    ("age >= 1h and time > \"12:00\"", 3_700_000, [:], 43_200_000),
    ("age >= 1h and weekday == friday", 7_200_000, [:], 86_400_000),
    ("age >= 1h and date > \"1970-01-05\"", 90_000_000, [:], 172_800_000),
    ("age >= 1h", .max, [:], nil), ("age >= 1h and time > \"12:00\"", .min, [:], nil),
  ]

  @Test(arguments: due)
  func saysWhenEscalationsAreToBeRunAgain(
    _ condition: String, _ now: Int64, _ fired: [String: Int], _ expected: Int64?
  ) throws {
    let compiled = try RuleFixture.compile(
      "ruleset \"t\" version 1\nphase route first { otherwise { queue \"Delta\" } }\nphase escalate timers { rule late { when \(condition) then notify assignee } }"
    )
    var facts = RoutingFacts(subject: "", body: "", channel: "email")
    facts.now = Timestamp(milliseconds: now)
    facts.updatedAt = Timestamp(milliseconds: 60_000)
    facts.dueAt = Timestamp(milliseconds: 36_000_000)
    facts.escalations = fired
    let next = compiled.nextEscalation(facts)?.milliseconds
    // At the ends of time it need not be right, but must not trap.
    if now != .min { #expect(next == expected) }
  }

  /// 02:00 is 07:00 UTC at first; at 05:00 UTC the clock is put forward, and it is 06:00 UTC.
  @Test func escalationsByTheClockAreRunAgainWhenItIsPutForward() throws {
    let compiled = try RuleFixture.compile(
      "ruleset \"t\" version 1\nphase route first { otherwise { queue \"Delta\" } }\nphase escalate timers { rule late { when age >= 1m and time >= \"02:00\" then notify assignee } }"
    )
    var facts = RoutingFacts(subject: "", body: "", channel: "email")
    let hour: Int64 = 3_600_000
    facts.now = Timestamp(milliseconds: 5 * hour - 600_000)
    facts.utcOffsetMinutes = -300
    #expect(compiled.nextEscalation(facts)?.milliseconds == 5 * hour)
    facts.offsetChangesAt = Timestamp(milliseconds: 5 * hour + 60_000)
    facts.now = Timestamp(milliseconds: 5 * hour)
    #expect(compiled.nextEscalation(facts)?.milliseconds == 5 * hour + 60_000)
    (facts.now, facts.utcOffsetMinutes, facts.offsetChangesAt) = (Timestamp(milliseconds: 5 * hour + 60_000), -240, nil)
    #expect(compiled.nextEscalation(facts)?.milliseconds == 6 * hour)
  }

  @Test func explainsEachRuleOnTheTicketAsItsPhaseSeesIt() throws {
    let facts = RoutingFacts(subject: "outage", body: "", resource: "delta", channel: "email")
    let compiled = try RuleFixture.compile(Self.file)
    let all: PhaseSet = [.classify, .route, .assign, .notify]
    let traces = compiled.explain(facts, run: all, queues: Self.queues)
    #expect(
      traces.map { "\($0.phase) \($0.rule)" + ($0.failure == nil ? "" : " no") } == [
        "classify big", "classify slow no", "classify gpu", "classify blind no", "route gpu-desk", "route sent no",
        "assign urgent", "assign spread", "notify person", "notify again",
      ])
    #expect(traces[4].failure == nil, "the field that `gpu` set")
    #expect(traces[5].failure?.actual == [.init(field: .event, value: "created")])
  }

  @Test func explainsEscalationsOnTheTicketAsItIs() throws {
    let compiled = try RuleFixture.compile(
      """
      ruleset "t" version 1
      phase classify all { rule sort { then add tag "sorted" } }
      phase route first { rule move { when queue == "Globus" then queue "Delta" } otherwise { queue "Delta" } }
      phase escalate timers {
        rule stuck { when time-in-queue > 1h and event == timer and queue == "Globus" and tag is absent then notify assignee }
      }
      """)
    var facts = RoutingFacts(subject: "", body: "", channel: "email")
    (facts.now, facts.queue) = (Timestamp(milliseconds: 7_200_000), "Globus")
    facts.queuedAt = Timestamp(milliseconds: 0)
    let traces = compiled.explain(facts, run: compiled.phases.present, queues: Self.queues)
    #expect(traces.map(\.rule) == ["sort", "move", "stuck"])
    #expect(traces.map(\.failure) == [nil, nil, nil])
  }

  static let runs: [(RuleEvent, PhaseSet)] = [
    (.created, [.classify, .route, .assign, .notify]), (.updated, [.classify, .notify]),
    (.commented, [.classify, .notify]), (.reassigned, [.classify, .route, .assign]), (.timer, [.escalate]),
  ]

  @Test(arguments: runs)
  func eventsRunTheirPhases(_ event: RuleEvent, _ expected: PhaseSet) throws {
    #expect(try RuleFixture.compile(Self.file).phases(on: event) == expected)
  }

  @Test func overTheBudgetOnlyOtherwiseCounts() throws {
    let compiled = try RuleFixture.compile(Self.file)
    var facts = RoutingFacts(subject: "outage", body: "", resource: "delta", channel: "email")
    let all: PhaseSet = [.classify, .route, .assign, .notify]
    let cost = compiled.evaluate(facts, run: all, queues: Self.queues).record.cost
    #expect(!compiled.evaluate(facts, run: all, queues: Self.queues, budget: cost).record.isOverBudget)
    for budget in 0..<cost {
      let outcome = compiled.evaluate(facts, run: all, queues: Self.queues, budget: budget)
      var effects = Effects()
      effects.queue = "ACCESS-Triage"
      #expect(outcome.effects == effects, "\(budget)")
      #expect(outcome.record.isOverBudget && outcome.record.element == .otherwise(line: 13) && outcome.fired == [])
    }
    facts.queue = "Delta"
    let outcome = compiled.evaluate(facts, run: all, queues: Self.queues, budget: 1)
    #expect(outcome.effects.isEmpty && outcome.record.element == .stays && outcome.record.isOverBudget)
  }

  @Test func theCreatePathRoutesByWhatRulesClassify() throws {
    let facts = RoutingFacts(subject: "", body: "", resource: "delta", channel: "email")
    let record = try RuleFixture.compile(Self.file).route(facts, queues: Self.queues)
    #expect(record.queue == "Delta" && record.fired.map(\.rule) == ["gpu", "gpu-desk"])
  }

  @Test func aRecordOfManyLongActionsStaysStorable() throws {
    let actions = (0..<20).map { "notify person \"p\($0)\" saying \"\(String(repeating: "é", count: 400))\"" }
    let rules = (0..<100).map { "rule r\($0) { then \(actions.joined(separator: "; ")) }\n" }.joined()
    let compiled = try RuleFixture.compile(
      "ruleset \"t\" version 1\nphase route first { otherwise { queue \"Delta\" } }\nphase notify all { \(rules) }")
    let outcome = compiled.evaluate(RuleFixture.facts, run: .notify, queues: RuleFixture.queues)
    #expect(outcome.fired.count == 100 && outcome.record.fired.count == RuleLimits.recordedItems)
    #expect(outcome.effects.notify.count == 20)
    #expect(DecisionRecord(decoding: outcome.record.encode()) == outcome.record)
  }
}
