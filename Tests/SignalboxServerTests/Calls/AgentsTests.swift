import SignalboxClient
import SignalboxTestKit
import SwiftProtobuf
import Testing

/// Presence, capacity and what agents have open, through the protocol.
struct AgentsTests {
  private func presence(_ presence: Presence, of person: String = "") -> SetPresenceRequest {
    .with { ($0.presence, $0.person) = (presence, person) }
  }

  @Test func anAgentSaysWhetherTicketsMayCome() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        let get = GetPersonRequest.with { $0.handle = "ada" }
        let before = try await ada.people.get(get)
        #expect(before.presence == .available && before.presenceSinceMs == 0 && !before.hasCapacity)
        let away = try await ada.agents.setPresence(presence(.away))
        #expect(away.handle == "ada" && away.presence == .away)
        #expect(away.presenceSinceMs == ManualClock.start)
        server.clock.advance(byMilliseconds: 1_000)
        #expect(try await ada.agents.setPresence(presence(.away, of: "ada")) == away)
        let capable = try await ada.agents.setCapacity(
          .with {
            $0.units = 12
            $0.skills = .with { $0.values = ["gpu", "slurm"] }
          })
        #expect(capable.capacity == 12 && capable.skills == ["gpu", "slurm"] && capable.presence == .away)
        #expect(try await ada.people.get(get) == capable)
        #expect(try await ada.people.list(.init()).people.first { $0.handle == "ada" } == capable)
        let free = try await ada.agents.setCapacity(.with { $0.unlimited = true })
        #expect(!free.hasCapacity && free.skills == ["gpu", "slurm"])
        // By default tickets still come: the default assignee is meant, wherever it is.
        #expect(try await ada.tickets.create(HelpDesk.ticket("gpu")).assignee == "ada")
      }
    }
  }

  @Test func othersAreSpokenForByThoseWhoMay() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["cyd"]) { cyd in
        try await expectRefused(.notPermitted) { _ = try await cyd.agents.setPresence(presence(.away, of: "ada")) }
        try await expectRefused(.notPermitted) {
          _ = try await cyd.agents.setCapacity(.with { ($0.person, $0.units) = ("ada", 1) })
        }
        try await expectRefused(.personNotFound) {
          _ = try await cyd.agents.setPresence(presence(.away, of: "nobody"))
        }
        try await expectRefused(.invalidField) { _ = try await cyd.agents.setPresence(presence(.unspecified)) }
        try await expectRefused(.invalidField) { _ = try await cyd.agents.setCapacity(.with { $0.units = 1_001 }) }
        try await expectRefused(.invalidField) {
          _ = try await cyd.agents.setCapacity(.with { $0.unlimited = false })
        }
      }
      try await server.with(token: desk.admin) { admin in
        try await expectRefused(.invalidField) { _ = try await admin.agents.setPresence(presence(.away)) }
        #expect(try await admin.agents.setPresence(presence(.offline, of: "ada")).presence == .offline)
        _ = try await admin.access.grant(
          .with { ($0.role, $0.person, $0.queue) = (.queueManager, "cyd", "Delta") })
      }
      try await server.with(token: desk.tokens["cyd"]) { cyd in
        let back = try await cyd.agents.setPresence(presence(.available, of: "ada"))
        #expect(back.presence == .available)
      }
    }
  }

  @Test func agentsAreListedWithWhatTheyHave() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        for priority in [Priority.low, .urgent] {
          var ticket = HelpDesk.ticket("gpu")
          ticket.priority = priority
          _ = try await admin.tickets.create(ticket)
        }
        _ = try await admin.people.setAbsence(
          .with {
            $0.person = "ben"
            ($0.absence.fromMs, $0.absence.untilMs) = (ManualClock.start, ManualClock.start + 60_000)
          })
        let all = try await admin.agents.list(.init()).agents
        #expect(all.map(\.person.handle) == ["ada", "ben", "cyd"])
        #expect(all.map(\.openTickets) == [2, 0, 0] && all.map(\.load) == [5, 0, 0])
        #expect(all.map(\.absent) == [false, true, false])
        server.clock.advance(byMilliseconds: 60_000)
        let page = try await admin.agents.list(.with { ($0.queue, $0.pageSize) = ("Delta", 1) })
        #expect(page.agents.map(\.person.handle) == ["ada"])
        let rest = try await admin.agents.list(
          .with { ($0.queue, $0.pageSize, $0.page) = ("Delta", 1, page.nextPage) })
        #expect(rest.agents.map(\.person.handle) == ["ben"] && rest.agents.map(\.absent) == [false])
        #expect(rest.nextPage.isEmpty)
      }
      // cyd is an agent of Triage alone.
      try await server.with(token: desk.tokens["cyd"]) { cyd in
        #expect(try await cyd.agents.list(.init()).agents.map(\.person.handle) == ["cyd"])
        try await expectRefused(.notPermitted) { _ = try await cyd.agents.list(.with { $0.queue = "Delta" }) }
        try await expectRefused(.queueNotFound) { _ = try await cyd.agents.list(.with { $0.queue = "Nowhere" }) }
      }
    }
  }
}
