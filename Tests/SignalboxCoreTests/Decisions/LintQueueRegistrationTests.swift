import Testing

@testable import SignalboxCore

struct LintQueueRegistrationTests {
  private let scene = Scene(
    settings: .init(awardeeQueuePattern: "ACCESS-<TRACK>-<Purpose>", resourceProviderQueuePattern: "<Name>-<Purpose>"))

  private func wish(_ change: (inout RegisterQueue) -> Void = { _ in }) -> RegisterQueue {
    var wish = RegisterQueue(
      name: "Delta-GPU", kind: .resourceProvider, organization: "Delta", description: "", agents: ["ada"],
      watchers: ["ben", "ops@example.org"], defaultAssignee: "ada", keywords: ["a100"], additional: true)
    change(&wish)
    return wish
  }

  private func lint(_ wish: RegisterQueue, tickets: [(String, String)] = []) -> [LintFinding] {
    let lint = LintQueueRegistration(wish)
    var evidence = lint.evidence(in: scene.configuration)
    for (subject, body) in tickets { evidence.count(subject: subject, body: body) }
    return lint.findings(in: scene.configuration, given: evidence)
  }

  @Test(
    arguments: [
      ("name", "Delta_", .namePattern, .error), ("name", "a b", .invalidField, .error),
      ("name", "Delta", .nameTaken, .error), ("name", "del-ta", .nameSimilar, .warning),
      ("name", "ACCESS_aco-TRIAGE", .nameSimilar, .warning), ("agents", "zoe", .unknownPerson, .error),
      ("watchers", "zoe", .unknownPerson, .error), ("watchers", "ben:sleep", .invalidField, .error),
      ("watchers", "OPS@example.org:status", .addressUnconfirmed, .warning), ("agents", "", .noAgents, .warning),
      ("default_assignee", "ben", .assigneeNotAgent, .error), ("keywords", "…", .keywordUnusable, .warning),
      ("keywords", "slurm", .keywordTaken, .warning), ("additional", "", .organizationHasQueue, .error),
    ] as [(String, String, LintFinding.Kind, LintFinding.Severity)])
  func each(field: String, value: String, kind: LintFinding.Kind, severity: LintFinding.Severity) {
    let wish = wish { wish in
      switch field {
      case "name": wish.name = value
      case "agents":
        wish.agents = value.isEmpty ? [] : ["ada", value]
        if value.isEmpty { wish.defaultAssignee = "" }
      case "watchers": wish.watchers = [value]
      case "default_assignee": wish.defaultAssignee = value
      case "additional": wish.additional = false
      default: wish.keywords = [value]
      }
    }
    let found = lint(wish).first { $0.kind == kind }
    #expect(found?.severity == severity)
    #expect(found?.message.isEmpty == false)
  }

  @Test func whatIsFitIsOnlyAdditional() {
    #expect(lint(wish()).map(\.kind) == [.organizationHasQueue, .addressUnconfirmed])
    #expect(lint(wish()).map(\.severity) == [.warning, .warning])
  }

  @Test func aLargeRequestIsNotLookedThrough() {
    let wish = wish { $0.keywords = (0..<100_000).map { "word\($0)" } }
    let lint = LintQueueRegistration(wish)
    #expect(lint.evidence(in: scene.configuration).findings.count == Limits.keywordsPerQueue)
    #expect(self.lint(wish).first?.kind == .invalidField)
  }

  /// `Delta` has the keywords slurm and gpuA100x4.
  @Test func aTakenKeywordComesWithItsNumbers() throws {
    let tickets =
      Array(repeating: ("Slurm job hangs", "it waits"), count: 4)
      + Array(repeating: ("no GPU", "I asked for gpua100x4 nodes"), count: 2)
      + Array(repeating: ("login", "password forgotten"), count: 34)
    let found = lint(wish { $0.keywords = ["SLURM", "a100"] }, tickets: tickets)
    let taken = try #require(found.first { $0.kind == .keywordTaken })
    #expect((taken.value, taken.queue, taken.count, taken.outOf) == ("SLURM", "Delta", 4, 6))
    #expect(taken.message == "`SLURM` would also have hit `Delta` in 4 of 6")
    #expect(!found.contains { $0.kind == .keywordTooCommon })
  }

  @Test(arguments: [(20, false), (21, true)])
  func aKeywordInMoreThanAFifthOfTheTicketsIsTooCommon(hits: Int, isCommon: Bool) {
    let tickets =
      Array(repeating: ("help", "please"), count: hits) + Array(repeating: ("x", "y"), count: 100 - hits)
    let found = lint(wish { $0.keywords = ["Please", "slurm"] }, tickets: tickets)
      .filter { $0.kind == .keywordTooCommon }
    #expect(found.map(\.count) == (isCommon ? [hits] : []))
    #expect(found.allSatisfy { $0.outOf == 100 && $0.value == "Please" })
  }

  /// Both may be approved; but somebody should know of both. Whose it is stays with those who may see it.
  @Test(arguments: [(Scene.admin, "DELTA-GPU"), (Scene.agent(Scene.cyd), "")])
  func whatIsAskedForTwiceIsFound(caller: Principal, shown: String) throws {
    let asked = try wish {
      $0.name = "DELTA-GPU"
      $0.keywords = ["h200", "A100"]
    }.decide(in: scene.situation(Scene.agent(Scene.ada))).outcome
    let open = OpenRegistration(asked, to: caller, in: scene.configuration)
    func found(_ lint: LintQueueRegistration) -> [LintFinding] {
      lint.findings(in: scene.configuration, given: lint.evidence(in: scene.configuration), beside: [open])
        .filter { $0.kind == .wantedToo }
    }
    let findings = found(LintQueueRegistration(wish()))
    #expect(findings.map(\.field) == ["name", "keywords"])
    #expect(findings.map(\.value) == ["Delta-GPU", "a100"])
    #expect(findings.allSatisfy { $0.queue == shown && $0.severity == .warning })
    #expect(found(LintQueueRegistration(asked, in: scene.configuration)).isEmpty)
  }

  /// The same words as the router finds: folded, phrases within one field, no parts of words.
  @Test func matchesAsTheRouterDoes() {
    var evidence = KeywordEvidence(["gpu node", "café"], beside: [])
    evidence.count(subject: "GPU-Node down", body: "")
    evidence.count(subject: "gpu", body: "node")
    evidence.count(subject: "", body: "the cafe\u{301} wifi")
    evidence.count(subject: "gpu nodes", body: "cafes")
    #expect(evidence.findings.map(\.matched) == [1, 1])
    #expect(evidence.ticketCount == 4)
  }

  @Test func thePlanIsWhatTheApprovalDoes() throws {
    let asked = try wish { $0.watchers = ["ada", "ops@example.org"] }
      .decide(in: scene.situation(Scene.agent(Scene.ada))).outcome
    let plan = PlanQueueRegistration(asked).outcome(in: scene.situation(Scene.admin))
    #expect(plan.refusal == nil)
    #expect(plan.queue == asked.queue)
    #expect(
      plan.gains == [
        .init(who: "ada", rights: Role.agent.rights.list.map(\.name) + ["default_assignee", "watch"]),
        .init(who: "ops@example.org", rights: ["watch"]),
      ])
    #expect(plan.told == ["ada@example.org", "ops@example.org"])
    var declined = asked
    declined.state = .declined
    let late = PlanQueueRegistration(declined).outcome(in: scene.situation(Scene.admin))
    #expect(late.refusal?.reason == .registrationDecided)
  }
}
