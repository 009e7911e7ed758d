import SignalboxCore
import Testing

struct ShadowRulesTests {
  private static let set = RuleSetRecord(
    name: "access", version: 2, hash: [2],
    text: "ruleset \"access\" version 2\nphase route first {\n  otherwise { queue \"Delta\" }\n}\n", keptAt: Scene.now,
    keptBy: Actor(name: "admin"))

  private static func shadowed() throws -> Scene {
    var scene = Scene()
    let (decided, rules) = try #require(try decide(SetShadowRules(isOff: false), [set], in: scene))
    scene.configuration = scene.configuration.applying(decided.plan.changes, at: Revision(101), compiled: rules)
    return scene
  }

  /// Nil where what was compiled does not hold any more.
  private static func decide(
    _ command: SetShadowRules, _ kept: [RuleSetRecord], in scene: Scene, as who: Principal = Scene.admin
  ) throws(Rejection) -> (Decided<ShadowRecord?>, ActiveRules?)? {
    let situation = scene.situation(who)
    let compiled = command.compiled(kept, in: situation.configuration, for: situation.access)
    switch try command.decide(in: situation, given: kept, compiled) {
    case .changed(let decided, let rules): return (decided, rules)
    case .outdated: return nil
    }
  }

  private static func create(_ subject: String, in scene: Scene) throws -> [Change] {
    let command = CreateTicket(
      subject: subject, body: "", requester: "u@lab.example.edu", channel: "", category: "", resource: "", tags: [],
      priority: .normal)
    let situation = scene.situation(Scene.admin)
    let direct = try command.decide(in: situation).plan
    let draft = command.draft(for: Scene.admin, in: scene.configuration, at: Scene.now)
    #expect(try draft.decide(in: situation).plan == direct)
    return Array(direct.changes.dropFirst())
  }

  @Test func newTicketsAreComparedWithoutEffect() throws {
    let scene = try Self.shadowed()
    #expect(scene.configuration.shadow?.record.setBy == Actor(name: "desk-admin"))
    #expect(scene.configuration.rules?.record.hash == [1])
    let difference = ShadowDifference(live: Scene.triage.id, shadow: Scene.deltaQueue.id, at: Scene.now)
    #expect(try Self.create("hello", in: scene) == [.noteShadow(difference)])
    #expect(try Self.create("slurm", in: scene) == [.noteShadow(nil)])
    // Without a shadow nothing is noted.
    #expect(try Self.create("hello", in: Scene()).isEmpty)
  }

  @Test func aRetiredQueueIsNoPlaceForTheShadowEither() throws {
    var scene = try Self.shadowed()
    var queue = Scene.deltaQueue
    queue.state = .retired
    scene.configuration = scene.configuration.applying([.updateQueueState(queue)], at: Revision(102))
    let difference = ShadowDifference(live: Scene.triage.id, shadow: nil, at: Scene.now)
    #expect(try Self.create("hello", in: scene) == [.noteShadow(difference)])
  }

  @Test func itIsEnded() throws {
    var scene = try Self.shadowed()
    let decided = try #require(try Self.decide(SetShadowRules(isOff: true), [], in: scene)).0
    #expect(decided.outcome == nil)
    #expect(decided.plan.event.kind == .rulesShadowEnded)
    scene.configuration = scene.configuration.applying(decided.plan.changes, at: Revision(103))
    #expect(scene.configuration.shadow == nil)
  }

  @Test func whatWouldChangeNothingOrIsNotAllowedIsRefused() throws {
    func reason(_ isOff: Bool, _ scene: Scene, _ kept: [RuleSetRecord], _ who: Principal = Scene.admin)
      -> Rejection.Reason?
    {
      rejection { () throws(Rejection) in
        _ = try Self.decide(SetShadowRules(isOff: isOff), kept, in: scene, as: who)
      }?.reason
    }
    let on = try Self.shadowed()
    var wrong = Self.set
    wrong.text = Self.set.text.replacing("Delta", with: "Nowhere")
    #expect(reason(true, Scene(), []) == .alreadyThere)
    #expect(reason(false, on, [Self.set]) == .alreadyThere)
    // What another has counted is not lost by a word.
    #expect(
      reason(
        false, on,
        [
          RuleSetRecord(
            name: "x", version: 3, hash: [3], text: Self.set.text, keptAt: Scene.now, keptBy: Actor(name: "admin"))
        ]) == .alreadyThere)
    let inForce = try #require(Scene().configuration.rules?.record)
    #expect(reason(false, Scene(), [inForce]) == .alreadyThere)
    #expect(reason(false, Scene(), []) == .rulesNotFound)
    #expect(reason(false, Scene(), [Self.set, Self.set]) == .invalidField)
    #expect(reason(false, Scene(), [wrong]) == .rulesInvalid)
    #expect(reason(false, Scene(), [Self.set], Scene.agent(Scene.ada)) == .notPermitted)
    #expect(reason(true, on, [], Scene.agent(Scene.ada)) == .notPermitted)
  }

  /// Compiled for the tenant as it was; a failing test does not matter to rules without effect.
  @Test func itIsCompiledForTheTenantAsItIs() throws {
    var scene = Scene()
    var set = Self.set
    set.text += "test \"fails\" {\n  given { subject \"x\"; }\n  expect { queue \"ACCESS-ACO-Triage\"; }\n}\n"
    let command = SetShadowRules(isOff: false)
    let situation = scene.situation(Scene.admin)
    let compiled = command.compiled([set], in: scene.configuration, for: situation.access)
    guard case .changed = try command.decide(in: situation, given: [set], compiled) else {
      Issue.record("not decided")
      return
    }
    var queue = Scene.deltaQueue
    queue.state = .retired
    scene.configuration = scene.configuration.applying([.updateQueueState(queue)], at: Revision(102))
    guard case .outdated = try command.decide(in: scene.situation(Scene.admin), given: [set], compiled) else {
      Issue.record("decided by what was")
      return
    }
  }
}
