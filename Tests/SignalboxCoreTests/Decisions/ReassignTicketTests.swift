import SignalboxCore
import Testing

struct ReassignTicketTests {
  private func decide(
    _ target: ReassignTicket.Target?, ticket: Ticket? = Scene.ticket(assignee: Scene.ada), version: Int64 = 3,
    reason: String = "because", as principal: Principal = Scene.agent(Scene.ada), in scene: Scene = Scene()
  ) throws(Rejection) -> Decided<Ticket> {
    try ReassignTicket(number: TicketNumber(50), expectedVersion: version, reason: reason, target: target)
      .decide(in: scene.situation(principal), given: TicketFacts(ticket: ticket))
  }

  @Test func internallyToAnotherAgent() throws {
    let decided = try decide(.person("ben"))
    #expect(decided.outcome.assignee == Scene.ben.id)
    #expect(decided.outcome.version == 4)
    #expect(decided.outcome.queue == Scene.deltaQueue.id)
    #expect(decided.plan.event.kind == .ticketReassignedInternally)
    #expect(decided.plan.event.reason == "because")
    #expect(decided.plan.event.changes == [Event.FieldChange("assignee", from: "ada", to: "ben")])
    #expect(
      decided.plan.outbox == [
        OutboxRecipient(role: .assignee, address: "ben@example.org"),
        OutboxRecipient(role: .watcher, address: "watch@example.org"),
      ])
  }

  @Test func externallyToAnotherQueue() throws {
    let decided = try decide(.queue("ACCESS-ACO-Triage"))
    #expect(decided.outcome.queue == Scene.triage.id)
    #expect(decided.outcome.assignee == nil)
    #expect(decided.outcome.unassignedReason == "queue `ACCESS-ACO-Triage` has no default assignee")
    #expect(decided.plan.event.queueBefore == Scene.deltaQueue.id)
    #expect(decided.plan.event.queueAfter == Scene.triage.id)
    #expect(
      decided.plan.event.changes == [
        Event.FieldChange("queue", from: "Delta", to: "ACCESS-ACO-Triage"),
        Event.FieldChange("assignee", from: "ada", to: nil),
      ])
  }

  @Test(
    arguments: [
      (.person("cyd"), 3, "r", .notAnAgent), (.person("ada"), 3, "r", .alreadyThere),
      (.person("nobody"), 3, "r", .personNotFound), (.queue("Delta"), 3, "r", .alreadyThere),
      (.queue("Nowhere"), 3, "r", .queueNotFound), (.queue("Old"), 3, "r", .queueRetired),
      (.person("ben"), 2, "r", .versionMismatch), (.person("ben"), 0, "r", .invalidField),
      (.person("ben"), 3, "", .invalidField), (nil, 3, "r", .invalidField),
    ] as [(ReassignTicket.Target?, Int64, String, Rejection.Reason)])
  func refusals(target: ReassignTicket.Target?, version: Int64, reason: String, expected: Rejection.Reason) {
    var old = Scene.triage
    old.id = QueueID(23)
    old.name = "Old"
    old.state = .retired
    let scene = Scene(queues: [Scene.deltaQueue, Scene.triage, old])
    let refused = rejection { () throws(Rejection) in
      _ = try decide(target, version: version, reason: reason, in: scene)
    }
    #expect(refused?.reason == expected)
  }

  /// Who may not browse learns nothing: the answer is that for a ticket that does not exist.
  @Test func strangersLearnNothing() {
    let stranger = rejection { () throws(Rejection) in
      _ = try decide(.person("ben"), as: Scene.agent(Scene.cyd))
    }
    let absent = rejection { () throws(Rejection) in _ = try decide(.person("ben"), ticket: nil) }
    #expect(stranger != nil)
    #expect(stranger == absent)
  }

  @Test func theRequesterSeesButDoesNotMove() {
    let ticket = Scene.ticket(requester: "cyd@example.org")
    let refused = rejection { () throws(Rejection) in
      _ = try decide(.person("ben"), ticket: ticket, as: Scene.agent(Scene.cyd))
    }
    #expect(refused?.reason == .notPermitted)
  }

  @Test func takingIsForUnassignedTicketsAndAgents() throws {
    func take(_ ticket: Ticket, as principal: Principal) throws(Rejection) -> Decided<Ticket> {
      try TakeTicket(number: TicketNumber(50), expectedVersion: 3)
        .decide(in: Scene().situation(principal), given: TicketFacts(ticket: ticket))
    }
    #expect(try take(Scene.ticket(), as: Scene.agent(Scene.ben)).outcome.assignee == Scene.ben.id)
    #expect(
      rejection { () throws(Rejection) in _ = try take(Scene.ticket(assignee: Scene.ada), as: Scene.agent(Scene.ben)) }?
        .reason == .alreadyAssigned)
    #expect(
      rejection { () throws(Rejection) in _ = try take(Scene.ticket(), as: Scene.admin) }?.reason == .notPermitted)
  }

  @Test(arguments: [(false, [] as [Int64]), (true, [1])])
  func referringKeepsTheSendersOrganizationReading(refers: Bool, expected: [Int64]) throws {
    let moved = try ReassignTicket(
      number: TicketNumber(50), expectedVersion: 3, reason: "r", target: .queue("ACCESS-ACO-Triage"), refers: refers
    ).decide(in: Scene().situation(Scene.agent(Scene.ada)), given: TicketFacts(ticket: Scene.ticket()))
    #expect(moved.outcome.referrers.map(\.value) == expected)
    // Coming back, it needs no reference to its own organization; moved on again without one, it loses it.
    let back = try ReassignTicket(number: TicketNumber(50), expectedVersion: 4, reason: "r", target: .queue("Delta"))
      .decide(in: Scene().situation(Scene.agent(Scene.cyd)), given: TicketFacts(ticket: moved.outcome))
    #expect(back.outcome.referrers == [])
  }

  @Test func stealingIsForThoseWhoHoldTheRight() throws {
    func steal(
      _ ticket: Ticket, as person: Person, grants: [Grant] = []
    ) throws(Rejection) -> Decided<Ticket> {
      try StealTicket(number: TicketNumber(50), expectedVersion: 3, reason: "she is ill")
        .decide(in: Scene(grants: grants).situation(Scene.agent(person)), given: TicketFacts(ticket: ticket))
    }
    let manager = Grant(
      id: GrantID(70), grantee: .person(Scene.ben.id), role: .queueManager, scope: .queue(Scene.deltaQueue.id),
      grantedBy: Actor(name: "admin"), grantedAt: Scene.now)
    let held = Scene.ticket(assignee: Scene.ada)
    let plain = rejection { () throws(Rejection) in _ = try steal(held, as: Scene.ben) }
    #expect(plain?.reason == .notPermitted)
    let stolen = try steal(held, as: Scene.ben, grants: [manager])
    #expect(stolen.outcome.assignee == Scene.ben.id)
    #expect(stolen.plan.event.kind == .ticketStolen)
    #expect(stolen.plan.outbox.contains(OutboxRecipient(role: .previousAssignee, address: "ada@example.org")))
    let free = rejection { () throws(Rejection) in _ = try steal(Scene.ticket(), as: Scene.ben, grants: [manager]) }
    #expect(free?.reason == .notAssigned)
    let mine = rejection { () throws(Rejection) in
      _ = try steal(Scene.ticket(assignee: Scene.ben), as: Scene.ben, grants: [manager])
    }
    #expect(mine?.reason == .alreadyThere)
  }

  @Test func onlyItsAssigneeReleasesATicket() throws {
    func release(_ ticket: Ticket, as principal: Principal) throws(Rejection) -> Decided<Ticket> {
      try ReleaseTicket(number: TicketNumber(50), expectedVersion: 3, reason: "not today")
        .decide(in: Scene().situation(principal), given: TicketFacts(ticket: ticket))
    }
    let released = try release(Scene.ticket(assignee: Scene.ada), as: Scene.agent(Scene.ada))
    #expect(released.outcome.assignee == nil)
    #expect(released.outcome.unassignedReason == "released by `ada`")
    #expect(released.plan.event.changes == [Event.FieldChange("assignee", from: "ada", to: nil)])
    for principal in [Scene.agent(Scene.ben), Scene.admin] {
      let refused = rejection { () throws(Rejection) in
        _ = try release(Scene.ticket(assignee: Scene.ada), as: principal)
      }
      #expect(refused?.reason == .notPermitted)
    }
  }
}
