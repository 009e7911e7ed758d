import SignalboxClient
import SignalboxTestKit
import SwiftProtobuf
import Testing

struct RuleFindingTests {
  private static let rules = """
    ruleset "desk" version 2
    phase classify all {
      rule one { when text any word of ["a"] then set resource "x" }
      RULE
    }
    phase route first {
      rule outages { when text any word of ["outage", "login"] then queue "Delta" }
      rule phone { when subject any word of ["outage"] and channel == phone then queue "Triage" }
      otherwise { queue "Triage" }
    }
    """

  @Test func findingsComeWithATicket() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let text = Self.rules.replacing("RULE", with: "")
        let found = try await admin.rules.check(.with { $0.text = text })
        #expect(found.diagnostics.isEmpty)
        #expect(found.findings.map(\.kind) == [.shadowed])
        let finding = found.findings.first ?? RuleFinding()
        #expect(finding.severity == .warning)
        #expect([finding.rule, finding.otherRule] == ["phone", "outages"])
        #expect([finding.line, finding.otherLine] == [8, 7])
        #expect(finding.witness.map { "\($0.name) \($0.value)" } == ["subject outage", "channel phone"])
        // It stands in nobody's way, and the engine agrees.
        _ = try await admin.rules.put(.with { $0.text = text })
        var ticket = HelpDesk.ticket("outage")
        ticket.channel = "phone"
        let created = try await admin.tickets.create(ticket)
        let decision = try await admin.tickets.why(.with { $0.number = created.number }).decision
        #expect(decision.rule == "outages")
      }
    }
  }

  @Test func rulesInConflictComeWithATicketForBoth() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let conflict = #"rule two { when text any word of ["b"] then set resource "y" }"#
        let found = try await admin.rules.check(
          .with { $0.text = Self.rules.replacing("RULE", with: conflict) })
        #expect(found.diagnostics.count == 1)
        #expect(found.findings.map(\.kind) == [.conflicting, .shadowed])
        #expect(found.findings.first?.witness.map(\.value) == ["a b"])
        let unreadable = try await admin.rules.check(.with { $0.text = "phase" })
        #expect(unreadable.findings.isEmpty)
        // Lines are quoted whichever system ended them.
        for end in ["\n", "\r\n"] {
          let text = ["ruleset \"desk\" version 2", "", "phase route first {", "  wrong", "}"].joined(separator: end)
          let line = try await admin.rules.check(.with { $0.text = text }).diagnostics.first
          #expect(line?.line == 4 && line?.sourceLine == "  wrong")
        }
      }
    }
  }

  @Test func wordsAreCountedInPastTickets() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        for number in 0..<20 {
          _ = try await admin.tickets.create(HelpDesk.ticket(number < 5 ? "no login \(number)" : "printer \(number)"))
        }
        let text = Self.rules.replacing("RULE", with: "")
        let found = try await admin.rules.check(.with { $0.text = text })
        #expect(found.ticketsLookedAt == 20)
        let common = found.findings.filter { $0.kind == .commonWord }
        #expect(common.map { [$0.count, $0.outOf] } == [[5, 20]])
        #expect(common.first?.rule == "outages")
        #expect(common.first?.witness.map(\.value) == ["login"])
        try await server.with(token: desk.tokens["ada"]) { ada in
          // Whoever may not put rules learns no numbers.
          let found = try await ada.rules.check(.with { $0.text = text })
          #expect(found.ticketsLookedAt == 0)
          #expect(found.findings.map(\.kind) == [.shadowed])
        }
      }
    }
  }
}
