import Foundation
import SignalboxClient
import SignalboxProtocol
import SignalboxServer
import SignalboxStore
import SignalboxTestKit
import SwiftProtobuf
import Synchronization
import Testing

struct ReplayRulesTests {
  private static let candidate = """
    ruleset "desk" version 2
    phase route first {
      rule greeting { when subject contains "hello" then queue "Delta" }
      otherwise { queue "Triage" }
    }
    """

  private static func replay(
    _ client: SignalboxClient, _ fill: (inout ReplayRulesRequest) -> Void = { $0.text = candidate }
  ) async throws -> [ReplayRulesResponse] {
    var responses: [ReplayRulesResponse] = []
    for try await response in client.rules.replay(.with(fill)) { responses.append(response) }
    return responses
  }

  @Test func theResultIsTheTableMadeByHand() async throws {
    try await TestServer.run(adjusting: { $0.limits.ticketsPerReplayRead = 3 }) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      // What another tenant has is not looked at.
      let theirs = try await HelpDesk.open("theirs", on: server)
      try await server.with(token: theirs.admin) { _ = try await $0.tickets.create(HelpDesk.ticket("hello")) }
      try await server.with(token: desk.admin) { admin in
        var numbers: [UInt64] = []
        for subject in ["gpu 1", "gpu 2", "hello 1", "hello 2", "slurm hello"] {
          numbers.append(try await admin.tickets.create(HelpDesk.ticket(subject)).number)
        }
        numbers.append(try await admin.tickets.create(HelpDesk.ticket("disk", category: "Storage")).number)
        // Somebody has put the first greeting where the candidate sends it.
        try await server.with(token: desk.tokens["cyd"]) { cyd in
          _ = try await cyd.tickets.reassign(
            .with { ($0.number, $0.expectedVersion, $0.reason, $0.toQueue) = (numbers[2], 1, "theirs", "Delta") })
        }

        let responses = try await Self.replay(admin)
        #expect(responses.map(\.lookedAt) == [0, 3, 6])
        #expect(responses.allSatisfy { $0.total == 6 })
        let expected = ReplayResult.with {
          ($0.lookedAt, $0.same, $0.moved) = (6, 1, 5)
          ($0.activeAgrees, $0.candidateAgrees) = (5, 2)
          ($0.activeOtherwise, $0.candidateOtherwise) = (2, 3)
          ($0.chosenByPeople, $0.candidateAgreesWithPeople) = (1, 1)
          $0.moves = [
            .with {
              ($0.from, $0.to, $0.count, $0.samples) = ("Delta", "Triage", 3, [numbers[5], numbers[1], numbers[0]])
            },
            .with { ($0.from, $0.to, $0.count, $0.samples) = ("Triage", "Delta", 2, [numbers[3], numbers[2]]) },
          ]
        }
        #expect(responses.last?.result == expected)
        #expect(responses.dropLast().allSatisfy { !$0.hasResult })
        // The same again, from a kept set.
        let staged = try await admin.rules.put(.with { ($0.text, $0.stage) = (Self.candidate, true) })
        #expect(try await Self.replay(admin) { $0.hash = staged.hash.prefix(4) }.last?.result == expected)
        // The newest only.
        let few = try await Self.replay(admin) { ($0.text, $0.limit) = (Self.candidate, 2) }.last
        #expect(few?.total == 2 && few?.result.lookedAt == 2 && few?.result.moves.map(\.count) == [1])

        // What came before some time is left out.
        server.clock.advance(byMilliseconds: 60_000)
        _ = try await admin.tickets.create(HelpDesk.ticket("hello"))
        let since = try await admin.tickets.list(.with { $0.pageSize = 1 }).tickets.first?.createdAtMs ?? 0
        let young = try await Self.replay(admin) { ($0.text, $0.sinceMs) = (Self.candidate, since) }.last
        #expect(young?.result.lookedAt == 1 && young?.result.moved == 1)
      }
      try await server.with(token: desk.tokens["ada"]) { ada in
        try await expectRefused(.notPermitted) { _ = try await Self.replay(ada) }
      }
    }
  }

  /// However slow the rules, others get their turn, and the replay goes on.
  @Test func aStepEndsAfterItsTime() async throws {
    try await TestServer.run(adjusting: { $0.limits.replayReadMilliseconds = 0 }) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        for _ in 0..<60 { _ = try await admin.tickets.create(HelpDesk.ticket("hello")) }
        let responses = try await Self.replay(admin)
        #expect(responses.map(\.lookedAt) == [0, 50, 60])
        #expect(responses.last?.result.lookedAt == 60)
      }
    }
  }

  @Test func anEmptyTenantHasAResultToo() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        #expect(try await Self.replay(admin).last?.result == ReplayResult())
        try await expectRefused(.rulesInvalid) { _ = try await Self.replay(admin) { $0.text = "nonsense" } }
        try await expectRefused(.rulesNotFound) {
          _ = try await Self.replay(admin) { $0.hash = Data(repeating: 9, count: 32) }
        }
      }
    }
  }

  /// A server on one loop, with four tickets, whose replays look at one at a time.
  private func run(
    replays: Int = 4, _ body: @Sendable (HeldReads, TestServer, SignalboxClient, HelpDesk) async throws -> Void
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
        $0.limits.ticketsPerReplayRead = 1
        $0.limits.replaysPerTenant = replays
        // The backlog reads by itself once a second, and would be held too.
        $0.limits.backlogMilliseconds = 3_600_000
        $0.limits.escalationMilliseconds = 3_600_000
      }
    ) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let reads = try #require(held.withLock { $0 })
      try await server.with(token: desk.admin) { admin in
        for _ in 0..<4 { _ = try await admin.tickets.create(HelpDesk.ticket("hello")) }
        try await body(reads, server, admin, desk)
      }
    }
  }

  @Test func aReplayThatNobodyWaitsForStopsAfterItsStep() async throws {
    try await run { reads, _, admin, _ in
      reads.hold()
      let first = Task {
        // Letting go of the sequence ends the replay.
        for try await response in admin.rules.replay(.with { $0.text = Self.candidate }) { return response.total }
        return 0
      }
      await reads.next().answer()
      #expect(try await first.value == 4)
      let step = await reads.next()
      // What was sent before it has arrived when this is answered.
      _ = try await admin.system.ping([1])
      step.answer()
      // The step's answer has come to the loop before this has.
      _ = try await admin.system.ping([2])
      // Had there been another step, it would be first.
      let list = Task { try await admin.tickets.list(ListTicketsRequest()).tickets.count }
      await reads.next().answer()
      #expect(try await list.value == 4)
      #expect(reads.count == 0)
      reads.release()
    }
  }

  /// Each holds a rule set as long as it runs, so a tenant has few at a time; whichever way one ends, its place is free.
  @Test func aTenantRunsAFewAtATime() async throws {
    try await run(replays: 1) { reads, _, admin, _ in
      reads.hold()
      let first = Task {
        for try await response in admin.rules.replay(.with { $0.text = Self.candidate }) { return response.total }
        return 0
      }
      let beginning = await reads.next()
      let refused = try await refusal { _ = try await Self.replay(admin) }
      #expect(refused?.reason == .overloaded && refused?.limit == "replays")
      beginning.answer()
      #expect(try await first.value == 4)
      await reads.next().answer()
      reads.release()
      // Nobody waits for it any more.
      _ = try await admin.system.ping([1])
      #expect(try await Self.replay(admin).last?.result.lookedAt == 4)
      try await expectRefused(.rulesInvalid) { _ = try await Self.replay(admin) { $0.text = "nonsense" } }
      #expect(try await Self.replay(admin).last?.result.lookedAt == 4)
    }
  }

  @Test func aRevokedTokenEndsItsReplay() async throws {
    try await run { reads, server, admin, _ in
      let secret = try await HelpDesk.token("editor", role: .tenantAdmin, person: "", client: admin)
      try await server.with(token: secret) { editor in
        _ = try await editor.system.describe()
        reads.hold()
        let replay = Task { try await Self.replay(editor).count }
        await reads.next().answer()
        let step = await reads.next()
        _ = try await admin.tokens.revoke(.with { $0.name = "editor" })
        try await expectRefused(.unauthenticated) { _ = try await replay.value }
        step.answer()
        reads.release()
      }
    }
  }

  @Test func whoLosesTheRightIsEndedAtTheNextStep() async throws {
    try await run { reads, server, admin, desk in
      let grant = try await admin.access.grant(.with { ($0.role, $0.person, $0.tenant) = (.tenantAdmin, "ada", true) })
      try await server.with(token: desk.tokens["ada"]) { ada in
        _ = try await ada.system.describe()
        reads.hold()
        let replay = Task { try await Self.replay(ada).count }
        await reads.next().answer()
        let step = await reads.next()
        _ = try await admin.access.revoke(.with { $0.grant = grant.id })
        step.answer()
        try await expectRefused(.notPermitted) { _ = try await replay.value }
        reads.release()
      }
    }
  }
}
