import Foundation
import SignalboxClient
import SignalboxTestKit
import SwiftProtobuf
import Testing

struct RuleVersionTests {
  private static func rules(_ version: Int, to queue: String) -> String {
    "ruleset \"desk\" version \(version)\nphase route first {\n  otherwise { queue \"\(queue)\" }\n}\n"
  }

  @Test func aSetIsStagedActivatedAndRolledBack() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let first = try await admin.rules.get(GetRulesRequest())
        let staged = try await admin.rules.put(
          .with { ($0.text, $0.stage) = (Self.rules(2, to: "Delta"), true) })
        #expect(!staged.active && staged.activatedAtMs == 0)
        #expect(try await admin.tickets.create(HelpDesk.ticket("hello")).queue == "Triage")
        let active = try await admin.rules.activate(
          .with { ($0.hash, $0.expectedHash, $0.reason) = (staged.hash.prefix(4), first.hash, "storm") })
        #expect(active.active && active.reason == "storm")
        #expect(try await admin.tickets.create(HelpDesk.ticket("hello")).queue == "Delta")
        try await expectRefused(.alreadyThere) {
          _ = try await admin.rules.activate(.with { $0.hash = staged.hash })
        }
        try await expectRefused(.versionMismatch) {
          _ = try await admin.rules.activate(.with { ($0.hash, $0.expectedHash) = (first.hash, first.hash) })
        }
        try await expectRefused(.invalidField) {
          _ = try await admin.rules.activate(.with { $0.hash = first.hash.prefix(3) })
        }
        try await expectRefused(.rulesNotFound) {
          _ = try await admin.rules.activate(.with { $0.hash = Data(repeating: 9, count: 32) })
        }
        _ = try await admin.rules.activate(.with { $0.hash = first.hash })
        #expect(try await admin.tickets.create(HelpDesk.ticket("hello")).queue == "Triage")
        let log = try await admin.rules.activations(.with { $0.pageSize = 2 })
        #expect(log.activations.map(\.hash) == [first.hash, staged.hash])
        #expect(log.activations.map(\.previousHash) == [staged.hash, first.hash])
        let rest = try await admin.rules.activations(.with { $0.page = log.nextPage })
        #expect(rest.activations.map(\.hash) == [first.hash])
        #expect(rest.activations.map(\.previousHash) == [Data()])
        let sets = try await admin.rules.list(ListRuleSetsRequest()).ruleSets
        #expect(sets.map(\.hash) == [staged.hash, first.hash])
        #expect(sets.map(\.active) == [false, true])
        // The text of any of them stays readable.
        #expect(try await admin.rules.get(.with { $0.hash = staged.hash }).text == Self.rules(2, to: "Delta"))
      }
      try await server.with(token: desk.admin) { admin in
        let sets = try await admin.rules.list(ListRuleSetsRequest()).ruleSets
        // From what is in force, from a kept set, to a text.
        let between = try await admin.rules.diff(.with { $0.afterHash = sets[0].hash })
        let otherwise = try #require(between.differences.first { $0.part == "otherwise" })
        #expect(otherwise.change == "changed" && otherwise.phase == "route" && otherwise.after.contains("Delta"))
        #expect(between.more == 0)
        let text = Self.rules(3, to: "Delta").replacing("otherwise", with: "keywords of queues\n  otherwise")
        let toText = try await admin.rules.diff(.with { ($0.beforeHash, $0.afterText) = (sets[0].hash, text) })
        #expect(toText.differences.map { "\($0.change) \($0.part)" } == ["added keywords"])
        #expect(try await admin.rules.diff(DiffRulesRequest()).differences.isEmpty)
        try await expectRefused(.rulesInvalid) { _ = try await admin.rules.diff(.with { $0.beforeText = "no" }) }
        try await expectRefused(.rulesNotFound) {
          _ = try await admin.rules.diff(.with { $0.beforeHash = Data(repeating: 9, count: 32) })
        }
      }
      try await server.with(token: desk.tokens["ada"]) { ada in
        let hash = try await ada.rules.list(ListRuleSetsRequest()).ruleSets.first?.hash ?? Data()
        try await expectRefused(.notPermitted) { _ = try await ada.rules.activate(.with { $0.hash = hash }) }
      }
    }
  }

  @Test func aKeptSetIsNotKeptAgain() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let first = try await admin.rules.get(GetRulesRequest())
        server.clock.advance(byMilliseconds: 60_000)
        let revision = try await admin.tenants.get(GetTenantRequest()).revision
        // Staged while it is in force: nothing changes.
        #expect(try await admin.rules.put(.with { ($0.text, $0.stage) = (first.text, true) }) == first)
        #expect(try await admin.tenants.get(GetTenantRequest()).revision == revision)
      }
      try await server.asRoot(in: "desk") { root in
        let first = try await root.rules.get(GetRulesRequest())
        let again = try await root.rules.put(.with { ($0.text, $0.reason) = (first.text, "again") })
        #expect(again.active && again.reason == "again" && again.activatedAtMs > first.activatedAtMs)
        #expect((again.keptAtMs, again.keptBy) == (first.keptAtMs, first.keptBy))
        #expect(try await root.rules.get(GetRulesRequest()) == again)
        // By a document too.
        var document = try await root.configurations.export().document
        _ = try await root.rules.put(.with { $0.text = Self.rules(2, to: "Delta") })
        document.rules = first.text
        let request = document
        _ = try await root.configurations.apply(.with { $0.document = request })
        let applied = try await root.rules.get(GetRulesRequest())
        #expect(applied.active && applied.hash == first.hash)
        #expect((applied.keptAtMs, applied.keptBy) == (first.keptAtMs, first.keptBy))
      }
    }
  }
}
