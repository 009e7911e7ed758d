import SignalboxCore
import Testing

struct PutRulesTests {
  private static func rules(expecting queue: String) -> String {
    """
    ruleset "access" version 2
    phase route first {
      otherwise { queue "Delta" }
    }
    test "hello" {
      given { subject "hello" }
      expect { queue "\(queue)"; not queue "\(queue)" }
    }
    test "fine" {
      given { subject "hello" }
      expect { queue "Delta" }
    }
    """
  }

  private static func record(_ text: String) -> RuleSetRecord {
    RuleSetRecord(
      name: "access", version: 2, hash: [2], text: text, keptAt: Scene.now, keptBy: Actor(name: "admin"))
  }

  @Test(arguments: [true, false])
  func rulesWhoseTestsFailAreNotPut(staged: Bool) throws {
    let situation = Scene().situation(Scene.admin)
    let text = Self.rules(expecting: "ACCESS-ACO-Triage")
    let refused = rejection { () throws(Rejection) in
      _ = try PutRules(text: text, hash: [2], expectedHash: [], staged: staged).decide(in: situation)
    }
    #expect(refused?.reason == .rulesTestsFailed)
    #expect(refused?.message == "tests in the rule set fail: `hello` on line 5")
    #expect(
      refused?.violations.map(\.description) == [
        "5:1: test `hello`: queue: expected `ACCESS-ACO-Triage`, got `Delta` by `otherwise` on line 3"
      ])
  }

  @Test func norAreTheyActivated() throws {
    let situation = Scene().situation(Scene.admin)
    let kept = [Self.record(Self.rules(expecting: "ACCESS-ACO-Triage"))]
    let refused = rejection { () throws(Rejection) in
      _ = try ActivateRules(expectedHash: [], reason: "").decide(in: situation, given: kept)
    }
    #expect(refused?.reason == .rulesTestsFailed)
  }

  private static let typed = """
    ruleset "access" version 2
    phase classify all {
      rule typo { when type == "reqest" and field "corse" > 4 then set type "incidnt"; set field "sevrity" to "1" }
    }
    phase route first { otherwise { queue "Delta" } }
    """

  private static func errors(_ types: [TicketType]) -> [String] {
    let configuration = Scene().configuration.applying([.putTicketTypes(types)], at: Revision(100))
    do throws(Diagnostics) {
      _ = try CheckRules(text: typed).checked(in: configuration)
      return []
    } catch {
      return error.items.map(\.description)
    }
  }

  private static func type(_ name: String, _ fields: String...) -> TicketType {
    TicketType(name: name, displayName: "", fields: fields.map { .init(name: $0, kind: .text) }, endsIn: [])
  }

  @Test func typesAndTheirFieldsAreKnown() {
    #expect(
      Self.errors([Self.type("request", "cores"), Self.type("incident", "severity", "cores")]) == [
        "3:28: unknown ticket type `reqest`; did you mean `request`?",
        "3:47: unknown custom field `corse`; did you mean `cores`?",
        "3:73: unknown ticket type `incidnt`; did you mean `incident`?",
        "3:94: unknown custom field `sevrity`; did you mean `severity`?",
      ])
  }

  @Test func whatATenantHasDeclaredNothingOfIsFree() {
    #expect(Self.errors([]) == [])
    #expect(
      Self.errors([Self.type("request"), Self.type("incident")]).map { $0.contains("ticket type") } == [true, true])
  }

  @Test func rulesWhoseTestsPassArePut() throws {
    let text = Self.rules(expecting: "Delta").replacing("; not queue \"Delta\"", with: "")
    let decided = try PutRules(text: text, hash: [2], expectedHash: []).decide(in: Scene().situation(Scene.admin))
    #expect(decided.outcome.title == "access version 2")
  }

  private static let fine = rules(expecting: "Delta").replacing("; not queue \"Delta\"", with: "")

  /// What was found out ahead holds as long as nothing changes that rules are checked against.
  @Test func whatWasTestedHoldsForTheTenantAsItWas() throws {
    let scene = Scene()
    let command = PutRules(text: Self.fine, hash: [2], expectedHash: [])
    let tested = TestedRules(Self.fine, hash: [2], in: scene.configuration)
    var away = Scene.ada
    away.availability.stated = .away
    let group = Group(id: GroupID(70), name: "night", displayName: "", members: [])
    var renamed = Scene.triage
    renamed.keywords = ["gpu"]
    for (change, holds) in [
      (.updateAvailability(away), true), (.updateAbsence(away), true), (.insertGroup(group), false),
      (.updateQueue(renamed), false), (.updateTenantSettings(.init(categories: ["a"])), false),
    ] as [(Change, Bool)] {
      var situation = scene.situation(Scene.admin)
      situation.configuration = scene.configuration.applying([change], at: Revision(100))
      let isOutdated =
        if case .outdated = try command.decide(in: situation, given: nil, tested) { true } else { false }
      #expect(isOutdated == !holds, "\(change)")
    }
    let other = PutRules(text: Self.fine, hash: [3], expectedHash: [])
    guard case .outdated = try other.decide(in: scene.situation(Scene.admin), given: nil, tested) else {
      Issue.record("the tests of another set were taken for its own")
      return
    }
  }

  @Test func whoMayNotIsRefusedWithoutTests() {
    let scene = Scene()
    let command = PutRules(text: "nonsense", hash: [2], expectedHash: [])
    let agent = scene.situation(Scene.agent(Scene.ada))
    #expect(command.tested(in: scene.configuration, for: agent.access) == nil)
    let refused = rejection { () throws(Rejection) in _ = try command.decide(in: agent, given: nil, nil) }
    #expect(refused?.reason == .notPermitted)
  }

  /// The rules that were compiled ahead are those in force then: nothing is compiled from the text again.
  @Test func theCompiledRulesAreHandedOver() throws {
    let scene = Scene()
    let outcome = try PutRules(text: Self.fine, hash: [2], expectedHash: []).decide(
      in: scene.situation(Scene.admin), given: nil, TestedRules(Self.fine, hash: [2], in: scene.configuration))
    guard case .changed(let decided, let rules?) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    var plan = decided.plan
    var unreadable = decided.outcome
    unreadable.text = "nonsense"
    plan.changes = [.activateRules(unreadable)]
    let after = scene.configuration.applying(plan.changes, at: Revision(100), compiled: rules)
    #expect(after.rules?.record == unreadable)
    #expect(scene.configuration.applying(plan.changes, at: Revision(100)).rules == nil)
    // They follow queues that are others by then.
    var queue = Scene.deltaQueue
    queue.state = .retired
    let changes = [Change.updateQueueState(queue)] + plan.changes
    let followed = scene.configuration.applying(changes, at: Revision(100), compiled: rules).rules
    #expect(followed?.record == unreadable)
    let facts = RoutingFacts(subject: "hello", body: "", channel: "email")
    var scratch = RuleScratch()
    #expect(after.rules?.route(facts, using: &scratch).queue == "Delta")
    #expect(followed?.route(facts, using: &scratch).queue == nil)
  }

  /// It was kept when and by whom it was.
  @Test func aKeptSetIsTheSameWhenItIsPutAgain() throws {
    let situation = Scene().situation(Scene.admin)
    var kept = Self.record(Self.fine)
    (kept.keptAt, kept.keptBy) = (Timestamp(milliseconds: 5), Actor(name: "cyd"))
    kept.activation = .init(at: Timestamp(milliseconds: 6), by: Actor(name: "cyd"))
    let tested = TestedRules(Self.fine, hash: [2], in: situation.configuration)
    let staged = try PutRules(text: Self.fine, hash: [2], expectedHash: [], staged: true)
      .decide(in: situation, given: kept, tested)
    guard case .unchanged(kept) = staged else {
      Issue.record("\(staged)")
      return
    }
    let put = try PutRules(text: Self.fine, hash: [2], expectedHash: []).decide(in: situation, given: kept, tested)
    guard case .changed(let decided, _) = put else {
      Issue.record("\(put)")
      return
    }
    kept.activation = .init(at: situation.now, by: situation.principal.actor)
    #expect(decided.outcome == kept)
  }
}

extension PutRules {
  /// As it is where nothing has changed since the rules were tested, and no such set is kept.
  func decide(in situation: Situation) throws(Rejection) -> Decided<RuleSetRecord> {
    try decide(in: situation, given: nil, TestedRules(text, hash: hash, in: situation.configuration)).decided()
  }
}

extension ActivateRules {
  func decide(in situation: Situation, given kept: [RuleSetRecord]) throws(Rejection) -> Decided<RuleSetRecord> {
    let tested = kept.first.map { TestedRules($0.text, hash: $0.hash, in: situation.configuration) }
    return try decide(in: situation, given: kept, tested).decided()
  }
}

extension RuleSetOutcome {
  fileprivate func decided() throws(Rejection) -> Decided<RuleSetRecord> {
    guard case .changed(let decided, _) = self else { throw Rejection(.alreadyThere, "nothing was decided: \(self)") }
    return decided
  }
}
