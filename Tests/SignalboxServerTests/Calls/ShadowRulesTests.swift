import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import SwiftProtobuf
import Testing

struct ShadowRulesTests {
  private static let candidate =
    "ruleset \"desk\" version 2\nphase route first {\n  otherwise { queue \"Delta\" }\n}\n"

  @Test func theShadowCountsWhatItWouldHaveDone() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let staged = try await admin.rules.put(.with { ($0.text, $0.stage) = (Self.candidate, true) })
        #expect(try await admin.rules.shadow() == ShadowRules())
        try await expectRefused(.invalidField) { _ = try await admin.rules.setShadow(SetShadowRulesRequest()) }
        let set = try await admin.rules.setShadow(.with { $0.hash = staged.hash.prefix(4) })
        #expect(set.hash == staged.hash && set.setBy == "admin" && set.sinceMs > 0)

        var numbers: [UInt64] = []
        for subject in ["hello", "gpu", "hello"] {
          let created = try await admin.tickets.create(HelpDesk.ticket(subject))
          // No effect.
          #expect(created.queue == (subject == "gpu" ? "Delta" : "Triage"))
          numbers.append(created.number)
        }
        let shadow = try await admin.rules.shadow()
        #expect((shadow.seen, shadow.different) == (3, 2))
        #expect(
          shadow.moves == [
            .with { ($0.from, $0.to, $0.count, $0.samples) = ("Triage", "Delta", 2, [numbers[2]]) }
          ])
        let page = try await admin.rules.shadowDifferences(.with { $0.pageSize = 1 })
        #expect(page.differences.map(\.ticket) == [numbers[2]])
        #expect(page.differences.map(\.shadowQueue) == ["Delta"] && page.differences.map(\.liveQueue) == ["Triage"])
        let rest = try await admin.rules.shadowDifferences(.with { $0.page = page.nextPage })
        #expect(rest.differences.map(\.ticket) == [numbers[0]] && rest.nextPage.isEmpty)

        try await expectRefused(.alreadyThere) { _ = try await admin.rules.setShadow(.with { $0.hash = staged.hash }) }
        #expect(try await admin.rules.setShadow(.with { $0.off = true }) == ShadowRules())
        _ = try await admin.tickets.create(HelpDesk.ticket("hello"))
        #expect(try await admin.rules.shadow() == ShadowRules())
        #expect(try await admin.rules.shadowDifferences(ListShadowDifferencesRequest()).differences.isEmpty)
      }
      try await server.with(token: desk.tokens["ada"]) { ada in
        try await expectRefused(.notPermitted) { _ = try await ada.rules.shadow() }
        try await expectRefused(.notPermitted) { _ = try await ada.rules.setShadow(.with { $0.off = true }) }
        try await expectRefused(.notPermitted) {
          _ = try await ada.rules.shadowDifferences(ListShadowDifferencesRequest())
        }
      }
    }
  }

  /// A strategy picks the assignee in the transaction, after the shadow has looked.
  @Test func ticketsThatAStrategyAssignsAreSeenToo() async throws {
    let pooled = """
      ruleset "desk" version 3
      phase route first {
        otherwise { queue "Triage" }
      }
      phase assign first {
        otherwise { assign round robin of agents }
      }
      """
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        _ = try await admin.rules.put(.with { $0.text = pooled })
        let staged = try await admin.rules.put(.with { ($0.text, $0.stage) = (Self.candidate, true) })
        _ = try await admin.rules.setShadow(.with { $0.hash = staged.hash })
        #expect(try await admin.tickets.create(HelpDesk.ticket("hello")).assignee == "cyd")
        let shadow = try await admin.rules.shadow()
        #expect((shadow.seen, shadow.different) == (1, 1))
      }
    }
  }
}
