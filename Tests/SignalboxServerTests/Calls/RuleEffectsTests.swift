import SignalboxClient
import SignalboxServer
import SignalboxTestKit
import SwiftProtobuf
import Testing

/// What rules say, done: on creation, after changes, and as time passes. Where the server's timer is to act, the test follows
/// the queue and waits for the event.
struct RuleEffectsTests {
  private static let rules = """
    ruleset "desk" version 2

    on update run classify, route, notify

    phase classify all {
      rule outage { when text contains "outage" then set type "incident"; add tag "down"; raise priority to high; respond within 4h }
      rule thanks { when comment contains "thanks" then add tag "thanked" }
    }

    phase route first {
      rule storage { when category == "Storage" then queue "Delta" }
      rule gpu { when subject contains "gpu" and queue is absent then queue "Delta" }
      otherwise { queue "Triage" }
    }

    phase assign first {
      rule pool { when subject contains "pool" then assign least loaded of agents }
      otherwise { default assignee }
    }

    phase escalate timers {
      rule late { when status == new and age > 4h then raise priority to urgent; add tag "late" }
    }
    """

  /// It is 20:26 in UTC and 16:26 in New York.
  @Test func theTimeOfDayIsThatOfTheTenantsClock() async throws {
    let rules = """
      ruleset "desk" version 2
      phase route first {
        rule office-hours { when time >= "09:00" and time < "17:00" then queue "Delta" }
        otherwise { queue "Triage" }
      }
      """
    try await Self.run(rules) { _, _, admin in
      #expect(try await admin.tickets.create(HelpDesk.ticket("hello")).queue == "Triage")
      _ = try await admin.tenants.updateSettings(.with { $0.settings.timeZone = "America/New_York" })
      #expect(try await admin.tenants.get(GetTenantRequest()).settings.timeZone == "America/New_York")
      #expect(try await admin.tickets.create(HelpDesk.ticket("hello")).queue == "Delta")
      try await expectRefused(.invalidField) {
        _ = try await admin.tenants.updateSettings(.with { $0.settings.timeZone = "New York" })
      }
    }
  }

  private static func run(
    _ rules: String = Self.rules, _ body: @Sendable (TestServer, HelpDesk, SignalboxClient) async throws -> Void
  ) async throws {
    try await TestServer.run(adjusting: { $0.limits.escalationMilliseconds = 10 }) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        _ = try await admin.rules.put(.with { $0.text = rules })
        try await body(server, desk, admin)
      }
    }
  }

  @Test func creationRunsAllPhases() async throws {
    try await Self.run { server, _, admin in
      let created = try await admin.tickets.create(HelpDesk.ticket("gpu outage"))
      let ticket = try await admin.ticket(created.number)
      #expect(ticket.type == "incident" && ticket.tags == ["down"] && ticket.priority == .high)
      #expect(ticket.dueAtMs == ticket.createdAtMs + 4 * 3_600_000)
      #expect(created.assignee == "ada" && created.decision.fired.map(\.rule) == ["outage", "gpu"])
      // Ada has more than ben now.
      let pooled = try await admin.tickets.create(HelpDesk.ticket("gpu pool"))
      #expect(pooled.assignee == "ben")
      #expect(try await admin.ticket(pooled.number).assignee == "ben")
      let next = try await admin.tickets.create(HelpDesk.ticket("gpu pool"))
      #expect(next.assignee == "ben")
    }
  }

  @Test func anUpdateMovesItAndWhySaysSo() async throws {
    try await Self.run { server, desk, admin in
      let created = try await admin.tickets.create(HelpDesk.ticket("disks", body: "an outage"))
      #expect(created.queue == "Triage")
      let updated = try await admin.tickets.update(
        .with { ($0.number, $0.expectedVersion, $0.category) = (created.number, 1, "Storage") })
      #expect(updated.ticket.queue == "Delta" && updated.ticket.assignee == "ada" && updated.ticket.version == 3)
      let events = try await admin.history(of: created.number)
      #expect(events.map(\.kind) == ["ticket.created", "ticket.updated", "ticket.routed"])
      #expect(events.map(\.actor) == ["admin", "admin", "signalbox:rules"])
      #expect(events[2].decision.chain == events[1].revision && events[2].decision.depth == 1)
      let why = try await admin.tickets.why(.with { $0.number = created.number })
      #expect(why.decision.rule == "storage" && why.later.isEmpty && !why.movedByPerson)
      #expect(Set(why.traces.map(\.phase)) == ["classify", "route", "assign", "escalate"])

      _ = try await server.with(token: desk.tokens["ada"]) { ada in
        try await ada.tickets.comment(.with { ($0.number, $0.body) = (created.number, "many thanks") })
      }
      let after = try await admin.tickets.why(.with { $0.number = created.number })
      #expect(after.decision.rule == "storage" && after.later.map { $0.fired.map(\.rule) } == [["outage", "thanks"]])
      #expect(try await admin.ticket(created.number).tags == ["down", "thanked"])

      // A person moves it: rules leave it there.
      let moved = try await server.with(token: desk.tokens["ada"]) { ada in
        try await ada.tickets.reassign(
          .with {
            ($0.number, $0.expectedVersion, $0.reason, $0.toQueue) = (created.number, 5, "not ours", "Triage")
          })
      }
      #expect(moved.ticket.queue == "Triage")
      let stays = try await admin.tickets.update(
        .with { ($0.number, $0.expectedVersion, $0.resource) = (created.number, moved.ticket.version, "x") })
      #expect(stays.ticket.queue == "Triage")
    }
  }

  @Test func timePassesAndRulesFire() async throws {
    try await Self.run { server, _, admin in
      let created = try await admin.tickets.create(HelpDesk.ticket("gpu"))
      server.clock.advance(byMilliseconds: 5 * 3_600_000)
      let event = try await admin.event("ticket.escalated", in: "Delta")
      #expect(event?.ticket == created.number && event?.actor == "signalbox:rules")
      #expect(event?.decision.fired.map(\.rule) == ["late"])
      let ticket = try await admin.ticket(created.number)
      #expect(ticket.priority == .urgent && ticket.tags == ["late"] && ticket.version == 2)
    }
  }

  /// The rules were put when the ticket was there already.
  @Test func activatedRulesReachTicketsThatThereAre() async throws {
    try await Self.run(HelpDesk.rules.replacing("version 1", with: "version 2")) { server, _, admin in
      let created = try await admin.tickets.create(HelpDesk.ticket("gpu"))
      server.clock.advance(byMilliseconds: 5 * 3_600_000)
      _ = try await admin.rules.put(.with { $0.text = Self.rules.replacing("version 2", with: "version 3") })
      let event = try await admin.event("ticket.escalated", in: "Delta")
      #expect(event?.ticket == created.number)
    }
  }
}
