import SignalboxCore
import Testing

struct ShadowRulesTests {
  private static let set = RuleSetRecord(
    name: "access", version: 2, hash: [2],
    text: "ruleset \"access\" version 2\nphase route first {\n  otherwise { queue \"Delta\" }\n}\n", keptAt: Scene.now,
    keptBy: Actor(name: "admin"))

  private static func shadowed() throws -> Scene {
    var scene = Scene()
    let decided = try SetShadowRules(isOff: false).decide(in: scene.situation(Scene.admin), given: [set])
    scene.configuration = scene.configuration.applying(decided.plan.changes, at: Revision(101))
    return scene
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
    let decided = try SetShadowRules(isOff: true).decide(in: scene.situation(Scene.admin), given: [])
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
        _ = try SetShadowRules(isOff: isOff).decide(in: scene.situation(who), given: kept)
      }?.reason
    }
    let on = try Self.shadowed()
    var wrong = Self.set
    wrong.text = Self.set.text.replacing("Delta", with: "Nowhere")
    #expect(reason(true, Scene(), []) == .alreadyThere)
    #expect(reason(false, on, [Self.set]) == .alreadyThere)
    #expect(reason(false, Scene(), []) == .rulesNotFound)
    #expect(reason(false, Scene(), [Self.set, Self.set]) == .invalidField)
    #expect(reason(false, Scene(), [wrong]) == .rulesInvalid)
    #expect(reason(false, Scene(), [Self.set], Scene.agent(Scene.ada)) == .notPermitted)
    #expect(reason(true, on, [], Scene.agent(Scene.ada)) == .notPermitted)
  }
}
