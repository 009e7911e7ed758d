import SignalboxCore
import Testing

/// What rules do after something has happened to a ticket.
struct RuleFollowUpTests {
  private static func rules(_ text: String, otherwise: String = "ACCESS-ACO-Triage") -> String {
    let route = text.contains("phase route") ? "" : "phase route first { otherwise { queue \"\(otherwise)\" } }"
    return "ruleset \"access\" version 1\n\(text)\n\(route)"
  }

  private struct Followed {
    var plans: [Plan]
    var ticket: Ticket
    var cause: Plan
    var kinds: [Event.Kind] { plans.map(\.event.kind) }
  }

  /// The ticket as some change left it, and what follows.
  private func follow(
    _ text: String, _ event: RuleEvent = .updated, on ticket: Ticket = Scene.ticket(assignee: Scene.ada),
    at now: Timestamp = Scene.now, comment: String? = nil, grants: [Grant] = [], by principal: Principal = Scene.admin,
    roster: RosterFacts = RosterFacts(), wait: TicketWait? = nil
  ) throws -> Followed {
    var situation = Scene(grants: grants, rules: Self.rules(text)).situation(principal)
    situation.now = now
    _ = try #require(situation.configuration.rules)
    var ticket = ticket
    var cause = Plan(
      changes: [.updateTicket(ticket)], event: Event(.ticketUpdated, ticket: ticket.number, ticketVersion: 3)
    ).settled(in: situation)
    ticket = try #require(cause.ticket)
    var scratch = RuleScratch()
    let plans = try RuleFollowUp(event, comment: comment).plans(
      after: &cause, on: &ticket, in: situation, using: &scratch
    ) { _, _ in (roster, wait) }
    return Followed(plans: plans, ticket: ticket, cause: cause)
  }

  @Test func whatChangesIsAnEventOfItsOwn() throws {
    let followed = try follow(
      """
      phase classify all { rule login { when subject contains "log in" then add tag "login"; raise priority to high } }
      """)
    let plan = try #require(followed.plans.first)
    #expect(followed.kinds == [.ticketClassified])
    #expect(plan.actor == Actor(name: "signalbox:rules"))
    #expect(
      plan.event.changes == [
        .init("priority", from: "normal", to: "high"), .init("tags", from: nil, to: "login"),
      ])
    #expect(plan.event.ticketVersion == 4 && followed.ticket.version == 4)
    #expect(plan.changes == [.editTicket(followed.ticket)])
    let decision = try #require(plan.event.decision)
    #expect(decision.cause == .init(chain: Revision(100), depth: 1))
    #expect(decision.fired.map(\.rule) == ["login"])
    #expect(DecisionRecord(decoding: decision.encode()) == decision)
  }

  @Test func withoutAChangeThereIsNoEvent() throws {
    var ticket = Scene.ticket(assignee: Scene.ada)
    ticket.tags = ["login"]
    let text = "phase classify all { rule login { then add tag \"login\" } }"
    #expect(try follow(text, on: ticket).plans.isEmpty)
    #expect(try follow(text, .reassigned, on: ticket).plans.isEmpty)
  }

  /// Those whom rules tell stand with the change itself if rules make none.
  @Test func whoIsToldStandsWithTheCause() throws {
    let followed = try follow(
      "phase notify all { rule said { when comment contains \"help\" then notify person \"cyd\" saying \"a b\" } }",
      .commented, comment: "please help")
    #expect(followed.plans.isEmpty)
    #expect(
      followed.cause.outbox == [OutboxRecipient(role: .notified, address: "cyd@example.org", payload: "a%20b")])
    #expect(try follow("phase notify all { rule r { then notify person \"cyd\" } }", .reassigned).cause.outbox == [])
  }

  /// What rules say of one change stays when rules that it set off say more.
  @Test func whatIsSaidLaterIsAdded() throws {
    func outbox(_ first: String) throws -> [[OutboxRecipient]] {
      try follow(
        """
        phase classify all { rule tag { then add tag "x" } }
        phase notify all {
          rule one { when event == commented then notify person "cyd" saying "\(first)" }
          rule two { when event == updated then notify person "cyd" saying "more é" }
        }
        """, .commented, comment: "please"
      ).plans.map(\.outbox)
    }
    let cyd = "cyd@example.org"
    #expect(try outbox("first") == [[OutboxRecipient(role: .notified, address: cyd, payload: "first%0Amore%20%C3%A9")]])
    let long = String(repeating: "a", count: 500)
    #expect(try outbox(long).first?.first?.payload == long + "%0Amore%20%C3%A9")
  }

  private static let backAndForth = """
    on update run route
    phase route first {
      rule there { when queue == "Delta" then queue "ACCESS-ACO-Triage" }
      rule back { when queue == "ACCESS-ACO-Triage" then queue "Delta" }
      otherwise { queue "ACCESS-ACO-Triage" }
    }
    """

  /// A → B → A: each rule once, and that is the end of it.
  @Test func backAndForthEnds() throws {
    let followed = try follow(Self.backAndForth)
    #expect(followed.kinds == [.ticketRouted, .ticketRouted])
    #expect(followed.ticket.queue == Scene.deltaQueue.id && followed.ticket.assignee == Scene.ada.id)
    #expect(followed.plans.map(\.event.decision?.cause?.depth) == [1, 2])
    #expect(followed.plans.allSatisfy { $0.event.decision?.cause?.chain == Revision(100) })
    #expect(followed.ticket.placement.handoffs == 2 && followed.ticket.placement.ruleMoves.count == 2)
    #expect(followed.ticket.placement.previous == Scene.triage.id)
    let told = try #require(followed.plans.last).outbox.map(\.address)
    #expect(told == ["ada@example.org", "watch@example.org"])
  }

  @Test func aRuleThatTriggersItselfFiresOnce() throws {
    var links = ""
    for link in 1...12 {
      links += "rule r\(link) { when \(link == 1 ? "subject contains \"log\"" : "tag == \"t\(link - 1)\"") "
      links += "then add tag \"t\(link)\" }\n"
    }
    let followed = try follow("phase classify all {\n\(links)}")
    #expect(followed.plans.count == Limits.ruleDepth)
    #expect(followed.ticket.tags == (1...8).map { "t\($0)" })
    #expect(followed.plans.last?.event.decision?.fired.map(\.rule) == ["r8"])
  }

  @Test func whatAPersonChoseStays() throws {
    var ticket = Scene.ticket(assignee: Scene.ada)
    ticket.placement.isChosen = true
    #expect(try follow(Self.backAndForth, on: ticket).plans.isEmpty)
    let onReassignment = Self.backAndForth.replacing("on update", with: "on reassignment")
    let followed = try follow(onReassignment, .reassigned, on: ticket)
    #expect(followed.kinds == [.ticketRouted] && !followed.ticket.placement.isChosen)
  }

  /// One change after another, by a program: the third would move it for the sixth time.
  @Test func aStormIsStoppedUntilAPersonActs() throws {
    let grant = Grant(
      id: GrantID(71), grantee: .person(Scene.ben.id), role: .tenantAdmin, scope: .tenant,
      grantedBy: Actor(name: "admin"), grantedAt: Scene.now)
    var ticket = Scene.ticket(assignee: Scene.ada)
    var kinds: [[Event.Kind]] = []
    for _ in 1...4 {
      let followed = try follow(Self.backAndForth, on: ticket, grants: [grant])
      kinds.append(followed.kinds)
      if followed.kinds.last == .ticketRulesStopped {
        #expect(followed.plans.last?.outbox.contains(.init(role: .admin, address: "ben@example.org")) == true)
      }
      ticket = followed.ticket
    }
    #expect(
      kinds == [
        [.ticketRouted, .ticketRouted], [.ticketRouted, .ticketRouted], [.ticketRouted, .ticketRulesStopped], [],
      ])
    #expect(ticket.placement.isStopped && ticket.queue == Scene.triage.id)
    let later = Timestamp(milliseconds: Scene.now.milliseconds + Limits.ruleMoveWindow)
    #expect(try follow(Self.backAndForth, on: ticket, at: later).plans.isEmpty)
    let freed = try follow(Self.backAndForth, on: ticket, by: Scene.agent(Scene.cyd))
    #expect(freed.kinds == [.ticketRouted, .ticketRouted] && !freed.ticket.placement.isStopped)
  }

  @Test func assignmentKeepsWhomTheRuleCouldMean() throws {
    let text = """
      on update run assign
      phase assign first {
        rule pool { when status == new then assign least loaded of agents }
        otherwise { default assignee }
      }
      """
    let loads = RosterFacts(loads: [Scene.ada.id: 9])
    #expect(try follow(text, roster: loads).plans.isEmpty)
    let assigned = try follow(text, on: Scene.ticket(), roster: loads)
    #expect(assigned.kinds == [.ticketAssigned])
    #expect(assigned.ticket.assignee == Scene.ben.id)
    #expect(assigned.ticket.unassignedReason == "")
    let wait = TicketWait(
      ticket: TicketNumber(50), queue: Scene.deltaQueue.id, strategy: PoolStrategy(.leastLoaded, of: .agents))
    #expect(try follow(text, on: Scene.ticket(), roster: loads, wait: wait).plans.isEmpty)
  }

  // MARK: Time

  private static let escalation = """
    phase escalate timers {
      rule late { when status == new and age > 4h then raise priority to urgent; notify queue watchers; at most 2 per ticket }
      rule idle { when idle > 6h then queue "ACCESS-ACO-Triage" }
    }
    """

  private func escalate(_ ticket: Ticket, hours: Int64) throws -> EscalateTicket.Outcome {
    var situation = Scene(rules: Self.rules(Self.escalation)).situation(Scene.admin)
    situation.now = Timestamp(milliseconds: Scene.now.milliseconds + hours * 3_600_000)
    var scratch = RuleScratch()
    return try EscalateTicket(ticket).plans(in: situation, using: &scratch) { _, _ in (RosterFacts(), nil) }
  }

  @Test func escalationFiresAndCounts() throws {
    let ticket = Scene.ticket(assignee: Scene.ada)
    let early = try escalate(ticket, hours: 1)
    #expect(early.plans.isEmpty)
    #expect(early.escalateAt == Timestamp(milliseconds: Scene.now.milliseconds + 4 * 3_600_000))
    let due = try escalate(ticket, hours: 5)
    #expect(due.plans.map(\.event.kind) == [.ticketEscalated])
    let escalated = try #require(due.plans.first?.ticket)
    #expect(escalated.priority == .urgent && escalated.escalations == ["late": 1])
    #expect(
      escalated.escalateAt == due.escalateAt && due.escalateAt?.milliseconds ?? 0 > escalated.updatedAt.milliseconds)
    #expect(due.plans.first?.outbox.map(\.address) == ["watch@example.org"])
    #expect(due.plans.first?.event.decision?.cause == .init(chain: Revision(100), depth: 1))
    let moved = try escalate(ticket, hours: 7)
    #expect(moved.plans.map(\.event.kind) == [.ticketEscalated, .ticketRouted])
    var spent = ticket
    spent.escalations = ["late": 2]
    #expect(try escalate(spent, hours: 5).plans.isEmpty)
  }

  @Test func aChangeBringsTheTimeToNow() throws {
    let situation = Scene(rules: Self.rules(Self.escalation)).situation(Scene.admin)
    var ticket = Scene.ticket()
    func settled() -> Timestamp? {
      Plan(changes: [.updateTicket(ticket)], event: Event(.ticketTaken)).settled(in: situation).ticket?.escalateAt
    }
    #expect(settled() == Scene.now)
    ticket.status = .solved
    #expect(settled() == nil)
  }
}
