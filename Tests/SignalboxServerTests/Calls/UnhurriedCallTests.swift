import SignalboxClient
import SignalboxServer
import SignalboxTestKit
import SwiftProtobuf
import Synchronization
import Testing

/// Calls that take long: how many a tenant may have, and what becomes of a change that was prepared by one.
@Suite(.timeLimit(.minutes(1))) struct UnhurriedCallTests {
  private static let rules = HelpDesk.rules.replacing("version 1", with: "version 2")

  /// A server that answers a read when the test says.
  private func run(
    calls: Int = 8, _ body: @Sendable (HeldReads, TestServer, SignalboxClient) async throws -> Void
  ) async throws {
    let held = Mutex<HeldReads?>(nil)
    try await TestServer.run(
      eventLoops: 1,
      wrapping: { database in
        let reads = HeldReads(database)
        held.withLock { $0 = reads }
        return reads
      },
      adjusting: {
        $0.limits.unhurriedCallsPerTenant = calls
        $0.limits.retryWhenUnhurriedMilliseconds = 1
        // Timers read too.
        ($0.limits.backlogMilliseconds, $0.limits.escalationMilliseconds) = (3_600_000, 3_600_000)
      }
    ) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let reads = try #require(held.withLock { $0 })
      try await server.with(token: desk.admin) { try await body(reads, server, $0) }
    }
  }

  @Test func aTenantHasAFewAtATime() async throws {
    try await run(calls: 1) { reads, server, admin in
      let other = try await HelpDesk.open("other", on: server)
      reads.hold()
      let first = Task { try await admin.rules.check(.with { $0.text = Self.rules }).ruleCount }
      let answer = await reads.next()
      for call in [
        { _ = try await admin.rules.check(.with { $0.text = Self.rules }) },
        { _ = try await admin.rules.test(TestRulesRequest()) },
        { _ = try await admin.rules.put(.with { $0.text = Self.rules }) },
        { _ = try await admin.rules.format(.with { $0.text = Self.rules }) },
        { _ = try await admin.rules.diff(DiffRulesRequest()) },
        { _ = try await admin.rules.setShadow(.with { $0.off = true }) },
        { _ = try await admin.configurations.apply(.with { $0.document = TenantDocument() }) },
        { _ = try await admin.configurations.rollback(.with { $0.version = 1 }) },
        { for try await _ in admin.rules.replay(ReplayRulesRequest()) {} },
      ] as [@Sendable () async throws -> Void] {
        let refused = try await refusal { try await call() }
        #expect(refused?.reason == .overloaded && refused?.limit == "unhurried_calls")
      }
      // Another tenant has its own.
      try await server.with(token: other.admin) { client in
        let theirs = Task { try await client.rules.check(.with { $0.text = Self.rules }).ruleCount }
        await reads.next().answer()
        let count = try await theirs.value
        #expect(count == 1)
      }
      answer.answer()
      #expect(try await first.value == 1)
      reads.release()
      #expect(try await admin.rules.check(.with { $0.text = Self.rules }).ruleCount == 1)
    }
  }

  @Test func rulesAreTestedAnewWhereTheTenantHasChanged() async throws {
    try await run { reads, _, admin in
      reads.hold()
      let put = Task { try await admin.rules.put(.with { $0.text = Self.rules }) }
      let first = await reads.next()
      _ = try await admin.access.createGroup(.with { $0.name = "one" })
      first.answer()
      // What rules do not look at may change.
      let second = await reads.next()
      _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = ("ada", .away) })
      second.answer()
      #expect(try await put.value.active)
      #expect(reads.count == 0)
      reads.release()
      #expect(try await admin.rules.get(GetRulesRequest()).version == 2)
      #expect(try await admin.tickets.create(HelpDesk.ticket("gpu")).queue == "Delta")
    }
  }

  @Test func aDocumentIsStudiedAnewWhereTheTenantHasChanged() async throws {
    try await run { reads, _, admin in
      let document = TenantDocument.with {
        $0.tenant = "desk"
        $0.rules = Self.rules
      }
      reads.hold()
      let apply = Task { try await admin.configurations.apply(.with { $0.document = document }) }
      let first = await reads.next()
      _ = try await admin.access.createGroup(.with { $0.name = "one" })
      first.answer()
      await reads.next().answer()
      #expect(try await apply.value.version > 0)
      #expect(reads.count == 0)
      reads.release()
      #expect(try await admin.rules.get(GetRulesRequest()).version == 2)
      #expect(try await admin.tickets.create(HelpDesk.ticket("gpu")).queue == "Delta")
    }
  }

  @Test func rulesThatTheTenantOutrunsAreRefused() async throws {
    try await run { reads, _, admin in
      reads.hold()
      let put = Task { try await refusal { _ = try await admin.rules.put(.with { $0.text = Self.rules }) } }
      for name in ["one", "two", "three"] {
        let study = await reads.next()
        _ = try await admin.access.createGroup(.with { $0.name = name })
        study.answer()
      }
      let refused = try await put.value
      #expect(refused?.reason == .versionMismatch)
      #expect(refused?.message.contains("changed 3 times while this was checked") == true)
      reads.release()
      #expect(try await admin.rules.get(GetRulesRequest()).version == 1)
    }
  }

  /// Revoked, or gone, while the rules were tested.
  @Test func whoIsNotAcceptedAnyMorePutsNothing() async throws {
    try await run { reads, server, admin in
      reads.hold()
      let put = Task { try await refusal { _ = try await admin.rules.put(.with { $0.text = Self.rules }) } }
      let study = await reads.next()
      try await server.asRoot(in: "desk") { root in
        _ = try await root.tokens.revoke(.with { $0.name = "admin" })
        study.answer()
        #expect(try await put.value != nil)
        // Whatever came before it to the writer is committed by then.
        _ = try await root.access.createGroup(.with { $0.name = "after" })
        reads.release()
        #expect(try await root.rules.get(GetRulesRequest()).version == 1)
      }
    }
  }

  /// A repeated call is answered as it was, whatever the rules would be taken for today.
  @Test func aRepeatedPutIsRemembered() async throws {
    try await run { _, _, admin in
      var options = CallOptions()
      options.idempotencyKey = Array("one and the same".utf8)
      let hash = try await admin.rules.get(GetRulesRequest()).hash
      let request = PutRulesRequest.with { ($0.text, $0.expectedHash) = (Self.rules, hash) }
      let first = try await admin.rules.put(request, options: options)
      #expect(try await admin.rules.put(request, options: options) == first)
      try await expectRefused(.versionMismatch) { _ = try await admin.rules.put(request) }
    }
  }
}
