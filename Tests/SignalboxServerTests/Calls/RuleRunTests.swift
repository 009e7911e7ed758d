import Foundation
import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import SwiftProtobuf
import Testing

/// Rules are formatted, tested and explained one by one.
struct RuleRunTests {
  private static func rules(expecting queue: String) -> String {
    """
    ruleset "desk" version 2
    phase route first {
      rule greeting { when subject contains "hello" then queue "Delta" }
      otherwise { queue "Triage" }
    }
    test "greetings" { given { subject "hello"; } expect { queue "\(queue)"; } }
    """
  }

  @Test func testsRunBeforeAnythingIsPut() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let before = try await admin.rules.get(GetRulesRequest()).hash
        let text = Self.rules(expecting: "Triage")
        let results = try await admin.rules.test(.with { $0.text = text }).results
        let failure = "queue: expected `Triage`, got `Delta` by rule `greeting` on line 3"
        #expect(
          results == [
            .with { ($0.name, $0.line, $0.passed, $0.failures) = ("greetings", 6, false, [failure]) }
          ])
        let error = try await refusal { _ = try await admin.rules.put(.with { $0.text = text }) }
        #expect(error?.reason == .rulesTestsFailed)
        #expect(error?.violations.map(\.description) == ["6:1: test `greetings`: \(failure)"])
        #expect(try await admin.rules.get(GetRulesRequest()).hash == before)
        #expect(try await admin.rules.list(ListRuleSetsRequest()).ruleSets.count == 1)

        let good = try await admin.rules.put(.with { ($0.text, $0.stage) = (Self.rules(expecting: "Delta"), true) })
        #expect(try await admin.rules.test(.with { $0.hash = good.hash.prefix(4) }).results.map(\.passed) == [true])
        // The active set has no tests.
        #expect(try await admin.rules.test(TestRulesRequest()).results.isEmpty)
        try await expectRefused(.rulesInvalid) { _ = try await admin.rules.test(.with { $0.text = "nonsense" }) }
      }
    }
  }

  @Test func whyNotIsForThoseWhoSeeTheTicket() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let number = try await server.with(token: desk.admin) { admin in
        let number = try await admin.tickets.create(HelpDesk.ticket("hello")).number
        let why = try await admin.rules.whyNot(.with { ($0.rule, $0.ticket) = ("storage", number) })
        #expect(!why.fires && why.phase == "route" && why.line == 4)
        #expect(why.condition == "category == \"Storage\"" && why.instead.isEmpty)
        #expect(why.actual == [.with { ($0.field, $0.absent) = ("category", true) }])
        let fires = try await admin.rules.whyNot(
          .with { ($0.rule, $0.ticket, $0.text) = ("greeting", number, Self.rules(expecting: "Delta")) })
        #expect(fires.fires && fires.condition.isEmpty)
        try await expectRefused(.ruleNotFound) {
          _ = try await admin.rules.whyNot(.with { ($0.rule, $0.ticket) = ("nonsense", number) })
        }
        return number
      }
      try await server.with(token: desk.tokens["ada"]) { ada in
        try await expectRefused(.ticketNotFound) {
          _ = try await ada.rules.whyNot(.with { ($0.rule, $0.ticket) = ("storage", number) })
        }
      }
    }
  }

  @Test func textAndTreeAreFormsOfTheSame() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        let text = try await ada.rules.format(.with { $0.text = Self.rules(expecting: "Delta") }).text
        #expect(text.hasPrefix("ruleset \"desk\" version 2\n\nphase route first {\n"))
        let tree = try await ada.rules.format(.with { ($0.text, $0.json) = (text, true) }).text
        #expect(tree.hasPrefix("{"))
        #expect(try await ada.rules.format(.with { $0.text = "\n \(tree)" }).text == text)
        let wrong = try await ada.rules.format(.with { $0.text = "ruleset desk" })
        #expect(wrong.text.isEmpty && wrong.diagnostics.first?.line == 1)
        #expect(try await ada.rules.format(.with { $0.text = "{}" }).diagnostics.count == 1)
      }
    }
  }
}
