import SignalboxCore
import Testing

/// What all phases make of a new ticket.
struct RulesOnCreationTests {
  private static let rules = """
    ruleset "access" version 1

    phase classify all {
      rule outage {
        when text any word of ["outage"]
        then set category "Operations"; set type "incident"; set resource "delta"; set field "site" to "north"; add tag "down"; raise priority to high; respond within 4h
      }
      rule many { when subject == "many" then add tag "one"; add tag "two" }
    }

    phase route first {
      rule down { when tag == "down" then queue "Delta" }
      otherwise { queue "ACCESS-ACO-Triage" }
    }

    phase assign first {
      rule pool { when subject contains "pool" then assign least loaded of agents at most 5 per 1d }
      rule offer { when subject contains "offer" then assign round robin of agents by offer for 15m }
      rule ben { when subject contains "for ben" then assign "ben" }
      rule cyd { when subject contains "for cyd" then assign "cyd" }
      rule nobody { when subject contains "for nobody" then leave unassigned }
      otherwise { default assignee }
    }

    phase notify all {
      rule urgent { when priority >= high then notify queue watchers saying "is it 100% down?"; notify requester }
      rule people { when subject contains "tell" then notify person "cyd" saying "one"; notify group "team"; notify assignee saying "two" }
    }
    """

  private static let team = Group(
    id: GroupID(61), name: "team", displayName: "", members: [Scene.ada.id, Scene.cyd.id])

  private func create(
    _ subject: String, body: String = "outage", tags: [String] = [], scene: Scene = Self.scene, type: String = "",
    fields: [String: String] = [:]
  ) throws(Rejection) -> Decided<CreateTicket.Outcome> {
    try CreateTicket(
      subject: subject, body: body, requester: "u@lab.example.edu", channel: "", category: "", resource: "", tags: tags,
      priority: .normal, fields: fields, type: type
    ).decide(in: scene.situation(Scene.admin))
  }

  private static var scene: Scene { Scene(groups: [team], rules: rules) }

  @Test func classifyDecidesWhatItIsAndRouteSeesIt() throws {
    let decided = try create("x")
    let ticket = decided.outcome.ticket
    #expect(ticket.category == "Operations" && ticket.type == "incident" && ticket.resource == "delta")
    #expect(ticket.fields == ["site": "north"] && ticket.tags == ["down"] && ticket.priority == .high)
    #expect(ticket.dueAt == Timestamp(milliseconds: Scene.now.milliseconds + 4 * 3_600_000))
    #expect(ticket.queue == Scene.deltaQueue.id && ticket.assignee == Scene.ada.id)
    #expect(ticket.placement == TicketPlacement(since: Scene.now))
    #expect(decided.outcome.decision.fired.map(\.rule) == ["outage", "down", "urgent"])
    #expect(decided.plan.changes == [.insertTicket(ticket)])
    #expect(DecisionRecord(decoding: decided.outcome.decision.encode()) == decided.outcome.decision)
  }

  @Test(
    arguments: [
      ("for ben", "ben", ""), ("for nobody", nil, "left to whoever takes it"),
      ("for cyd", nil, "`cyd` may not own tickets in queue `Delta`"), ("x", "ada", ""),
    ] as [(String, String?, String)])
  func assignNamesOneOrNobody(subject: String, assignee: String?, reason: String) throws {
    let ticket = try create(subject).outcome.ticket
    #expect(ticket.assignee.flatMap { Self.scene.configuration.people[$0]?.handle } == assignee)
    #expect(ticket.unassignedReason == reason)
  }

  /// The draft has all but the assignment, for which it says what to load.
  @Test func aPoolIsAskedInTheTransaction() throws {
    let scene = Self.scene
    let command = CreateTicket(
      subject: "pool", body: "outage", requester: "u@lab.example.edu", channel: "", category: "", resource: "",
      tags: [],
      priority: .normal)
    let draft = command.draft(for: Scene.admin, in: scene.configuration, at: Scene.now)
    let cap = PoolStrategy.Cap(count: 5, window: 86_400_000)
    #expect(draft.outcome?.pool == PoolStrategy(.leastLoaded, of: .agents, cap: cap))
    let situation = scene.situation(Scene.admin)
    let whole = try draft.decide(in: situation).assigned(in: situation, given: RosterFacts(loads: [Scene.ada.id: 1]))
    #expect(whole.outcome.ticket.assignee == Scene.ben.id && whole.outcome.ticket.number.value == 100)
    #expect(
      whole.plan.changes == [
        .insertTicket(whole.outcome.ticket), .notePick(Pick(Scene.ben.id, in: Scene.deltaQueue.id, at: Scene.now)),
      ])
    #expect(whole.plan.outbox.first == OutboxRecipient(role: .assignee, address: "ben@example.org"))
    #expect(whole.plan.event.changes.last == .init("assignee", from: nil, to: "ben"))
  }

  @Test func anOfferWaitsForItsAnswer() throws {
    let situation = Self.scene.situation(Scene.admin)
    let decided = try create("offer").assigned(in: situation, given: RosterFacts())
    #expect(decided.outcome.ticket.assignee == nil)
    guard case .putWait(let wait) = decided.plan.changes[1] else {
      Issue.record("it does not wait")
      return
    }
    #expect(wait.offer?.person == Scene.ada.id && wait.ticket.value == 100)
    #expect(decided.plan.outbox.contains(OutboxRecipient(role: .offered, address: "ada@example.org")))
  }

  /// Whoever is told anyway gets the words beside it; nobody is told twice.
  @Test func everybodyIsToldOnce() throws {
    let outbox = try create("tell").plan.outbox
    #expect(
      outbox == [
        OutboxRecipient(role: .assignee, address: "ada@example.org", payload: "two"),
        OutboxRecipient(role: .watcher, address: "watch@example.org", payload: "is%20it%20100%25%20down%3F"),
        OutboxRecipient(role: .requester, address: "u@lab.example.edu"),
        OutboxRecipient(role: .notified, address: "cyd@example.org", payload: "one"),
      ])
  }

  /// Between two characters, whatever their length, since the half of one is no text.
  @Test func whatRulesSayIsCutToWholeCharacters() {
    for (before, kept) in [(0, 1_024), (1, 1_023), (2, 1_023), (3, 1_023), (4, 1_023)] {
      let text = String(repeating: "a", count: before) + String(repeating: "\u{1F600}", count: 1_025)
      let expected = String(repeating: "a", count: before) + String(repeating: "%F0%9F%98%80", count: kept)
      #expect(OutboxRecipient.payload(saying: text) == expected)
    }
  }

  /// The bounds of tickets hold for rules too.
  @Test func whatATicketHasNoRoomForIsNoted() throws {
    let tags = (1..<Limits.tagsPerTicket).map { "t\($0)" }
    let decided = try create("many", body: "", tags: tags)
    #expect(decided.outcome.ticket.tags == tags + ["one"])
    #expect(decided.outcome.decision.notes == ["tag `two` was not added: the ticket has 32"])
  }
}
