@testable import SignalboxCore
import Testing

struct RetireQueueTests {
  private func retire(
    _ name: String, to target: String = "", tickets: [Ticket] = [], in scene: Scene
  ) throws(Rejection) -> Decided<RetireQueue.Outcome> {
    try RetireQueue(name: name, redirectTo: target)
      .decide(in: scene.situation(Scene.admin), given: .init(activeTickets: tickets))
  }

  private func refusal(
    _ name: String, to target: String = "", tickets: [Ticket] = [], in scene: Scene
  ) -> Rejection? {
    rejection { () throws(Rejection) in _ = try retire(name, to: target, tickets: tickets, in: scene) }
  }

  /// The scene after the queue was retired.
  private func scene(_ scene: Scene, without name: String, to target: String) throws -> Scene {
    var next = scene
    next.configuration = scene.configuration.applying(
      try retire(name, to: target, in: scene).plan.changes, at: Revision(scene.configuration.version.value + 1))
    return next
  }

  private func ticket(_ subject: String, category: String = "", in scene: Scene) throws -> CreateTicket.Outcome {
    try CreateTicket(
      subject: subject, body: "", requester: "u@lab.example.edu", channel: "", category: category, resource: "",
      tags: [], priority: .normal
    ).decide(in: scene.situation(Scene.admin)).outcome
  }

  @Test func aQueueInUseIsNotRetired() {
    let scene = Scene()
    let used = refusal("Delta", tickets: [Scene.ticket()], in: scene)
    #expect(used?.reason == .queueInUse)
    #expect(used?.message.contains("rule `storage` on line 4") == true)
    #expect(used?.message.contains("#50") == true)
    #expect(refusal("ACCESS-ACO-Triage", in: scene)?.message.contains("`otherwise` on line 10") == true)
    let free = Scene(rules: nil)
    #expect(refusal("Delta", tickets: [Scene.ticket()], in: free)?.message.contains("#50") == true)
    #expect(refusal("Delta", in: free) == nil)
    #expect(refusal("Nowhere", in: free)?.reason == .queueNotFound)
  }

  @Test func aLongListIsCut() {
    let tickets = (1...25 as ClosedRange<Int64>).map { number in
      var ticket = Scene.ticket()
      ticket.number = TicketNumber(number)
      return ticket
    }
    let message = refusal("Delta", tickets: tickets, in: Scene(rules: nil))?.message ?? ""
    #expect(message.contains("#10 and 15 more"))
  }

  @Test func withARedirectTicketsAndRulesFollow() throws {
    let tickets = [Scene.ticket(assignee: Scene.ada, version: 3), Scene.ticket(version: 8)]
    let decided = try retire("Delta", to: "ACCESS-ACO-Triage", tickets: tickets, in: Scene())
    #expect(decided.outcome.queue.redirect == Scene.triage.id)
    #expect(
      decided.plan.event.changes == [
        .init("state", from: "active", to: "retired"), .init("redirect", from: nil, to: "ACCESS-ACO-Triage"),
      ])
    #expect(decided.outcome.moves.map(\.event.kind) == [.ticketReassignedExternally, .ticketReassignedExternally])
    #expect(decided.outcome.moves.map(\.event.ticketVersion) == [4, 9])
    #expect(decided.outcome.moves[0].event.changes.map(\.field) == ["queue", "assignee"])
    #expect(decided.outcome.moves[0].outbox.map(\.address) == ["watch@example.org"])
    guard case .updateTicket(let moved) = decided.outcome.moves[0].changes.first else {
      Issue.record("the ticket was not moved")
      return
    }
    #expect(moved.queue == Scene.triage.id)
    #expect(moved.assignee == nil)
    #expect(moved.unassignedReason.contains("ACCESS-ACO-Triage"))

    // The rule that names Delta is not rewritten, and says how the ticket came where it is.
    let after = try scene(Scene(), without: "Delta", to: "ACCESS-ACO-Triage")
    let outcome = try ticket("disk", category: "Storage", in: after)
    #expect(outcome.ticket.queue == Scene.triage.id)
    #expect(outcome.decision.element == .rule(name: "storage", line: 4))
    #expect(outcome.decision.skipped == [.init(queue: "Delta", line: 4, state: .redirected)])
    // Its keywords went with it.
    #expect(try ticket("slurm", in: after).decision.element == .otherwise(line: 10))
  }

  @Test func aChainLeadsToItsEndAndKeepsItInUse() throws {
    let more = (1...2).map { number in
      Queue(
        id: QueueID(Int64(60 + number)), name: "Q\(number)", kind: .internal, organization: Scene.aco.id,
        description: "", agents: [], watchers: [], defaultAssignee: nil, keywords: [], state: .active)
    }
    let first = try scene(Scene(queues: [Scene.deltaQueue, Scene.triage] + more), without: "Delta", to: "Q1")
    // The rule names Delta, which leads to Q1.
    #expect(refusal("Q1", in: first)?.message.contains("rule `storage` on line 4") == true)
    let second = try scene(first, without: "Q1", to: "Q2")
    let outcome = try ticket("disk", category: "Storage", in: second)
    #expect(outcome.ticket.queue == QueueID(62))
    #expect(refusal("Q2", in: second)?.reason == .queueInUse)
    #expect(refusal("Q2", to: "Q2", in: second)?.reason == .invalidField)
    // No way round to the beginning.
    #expect(refusal("Q2", to: "Delta", in: second)?.reason == .queueRetired)
    #expect(refusal("Q2", to: "Nowhere", in: second)?.reason == .queueNotFound)
    // A new rule set names what is there.
    let faulty = rejection { () throws(Rejection) in
      _ = try PutRules(text: Scene.rules, hash: [3], expectedHash: []).decide(in: second.situation(Scene.admin))
    }
    #expect(faulty?.message.contains("name `Q2`, where it leads") == true)
  }

  @Test func chainsAndMovesHaveTheirBounds() throws {
    let queues = (0...9).map { number in
      Queue(
        id: QueueID(Int64(60 + number)), name: "Q\(number)", kind: .internal, organization: Scene.aco.id,
        description: "", agents: [], watchers: [], defaultAssignee: nil, keywords: [], state: .active)
    }
    var scene = Scene(
      queues: queues, rules: "ruleset \"a\" version 1\nphase route first {\n  otherwise { queue \"Q0\" }\n}\n")
    for number in 0..<Limits.redirectHops {
      scene = try self.scene(scene, without: "Q\(number)", to: "Q\(number + 1)")
    }
    #expect(try ticket("x", in: scene).ticket.queue == QueueID(Int64(60 + Limits.redirectHops)))
    #expect(refusal("Q\(Limits.redirectHops)", to: "Q9", in: scene)?.reason == .queueInUse)

    let tickets = Array(repeating: Scene.ticket(), count: Limits.ticketsPerRedirect + 1)
    #expect(refusal("Delta", to: "ACCESS-ACO-Triage", tickets: tickets, in: Scene())?.reason == .queueInUse)
    #expect(refusal("Delta", to: "ACCESS-ACO-Triage", tickets: tickets.dropLast(), in: Scene()) == nil)
  }
}
