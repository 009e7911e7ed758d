import SignalboxCore
import Testing

extension ApplyConfigurationTests {
  /// What was worked out before comes to the same, and is of use as long as the rules stay and what they name.
  @Test func aStudyIsAsGoodAsWorkingItOut() throws {
    let document = exported {
      $0.rules = Scene.rules.replacing("version 1", with: "version 2")
      $0.groups = [.init(name: "desk", members: ["ada"])]
    }
    let command = ApplyConfiguration(document: document, rulesHash: [7])
    let scene = scene
    let study = ApplyConfiguration.Study(command, in: situation(scene))
    #expect(study.holds(in: scene))
    let studied = try command.decide(in: situation(scene), given: .init(), study)
    let plain = try command.decide(in: situation(scene), given: .init())
    #expect(studied.plans?.first == plain.plans?.first && studied.plans?.others == plain.plans?.others)
    #expect(studied.differences == plain.differences && studied.rules?.record.hash == [7])

    let wrong = ApplyConfiguration(document: exported(Self.faults[0].2), rulesHash: [])
    let refusal = ApplyConfiguration.Study(wrong, in: situation(scene))
    let refused = rejection { () throws(Rejection) in
      _ = try wrong.decide(in: situation(scene), given: .init(), refusal)
    }
    #expect(refused?.reason == .invalidField)

    #expect(study.holds(in: scene.applying([.updateAvailability(Scene.ada)], at: Revision(200))))
    #expect(!study.holds(in: scene.applying([.updatePerson(Scene.ada)], at: Revision(200))))
    var rules = try #require(scene.rules?.record)
    rules.hash = [8]
    #expect(!study.holds(in: scene.applying([.activateRules(rules)], at: Revision(200))))
  }

  /// They could not see them any more; who holds a grant keeps them.
  @Test func whoIsAnAgentNoMoreLosesTheirTickets() throws {
    var document = TenantDocument()
    document.queues = TenantDocument(of: scene).queues?.map { queue in
      var queue = queue
      if queue.name == "Delta" { (queue.agents, queue.defaultAssignee) = (["ben"], "ben") }
      return queue
    }
    let removals = ApplyConfiguration(document: document, rulesHash: [7]).removals(in: scene)
    #expect(removals.queues.isEmpty && removals.people.isEmpty)
    #expect(removals.agencies == [Scene.ada.id: [Scene.deltaQueue.id]])
    var facts = ApplyConfiguration.Facts()
    facts.ticketsOfAgents = [Scene.ada.id: [Scene.ticket(assignee: Scene.ada)]]
    let result = try outcome(document, on: scene, facts)
    #expect(result.blocked.isEmpty && result.ticketsUnassigned == 1)
    let released = result.plans?.others.last
    #expect(released?.event.kind == .ticketReleased)
    #expect(released?.event.reason == "`ada` is no agent of `Delta` any more")

    document.grants = [.init(role: .agent, grantee: .person("ada"), scope: .queue("Delta"))]
    #expect(try outcome(document, on: scene, facts).ticketsUnassigned == 0)
  }
}
