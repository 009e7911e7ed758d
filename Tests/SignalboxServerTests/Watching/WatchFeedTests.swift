import SignalboxClient
import SignalboxProtocol
import SignalboxServer
import SignalboxStore
import SignalboxTestKit
import Synchronization
import Testing

/// Watches whose reads of the store end in an order that the test chooses.
struct WatchFeedTests {
  private func watch(_ queue: String, from cursor: String, _ client: SignalboxClient) -> TicketWatch {
    var request = WatchTicketsRequest()
    request.queues = [queue]
    request.cursor = cursor
    return client.tickets.watch(request)
  }

  /// Creates as many tickets as a watch in these tests can miss, and returns the number of the first.
  private func afterwards(_ subject: String, _ client: SignalboxClient) async throws -> UInt64 {
    let first = try await client.tickets.create(HelpDesk.ticket(subject))
    for _ in 0..<2 { _ = try await client.tickets.create(HelpDesk.ticket(subject)) }
    return first.number
  }

  /// A server on one event loop, its database, and an admin's client of a small help desk.
  private func run(_ body: @Sendable (HeldReads, SignalboxClient) async throws -> Void) async throws {
    let held = Mutex<HeldReads?>(nil)
    try await TestServer.run(
      eventLoops: 1,
      wrapping: { database in
        let reads = HeldReads(database)
        held.withLock { $0 = reads }
        return reads
      },
      // Timers read too, and are no part of the order that is tested.
      adjusting: { ($0.limits.backlogMilliseconds, $0.limits.escalationMilliseconds) = (3_600_000, 3_600_000) }
    ) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let reads = try #require(held.withLock { $0 })
      try await server.with(token: desk.admin) { try await body(reads, $0) }
    }
  }

  /// Numbers of the first so many tickets that the watch sees created.
  private func created(_ count: Int, seenBy watch: TicketWatch) -> Task<[UInt64], any Error> {
    Task {
      var numbers: [UInt64] = []
      for try await response in watch where response.event.kind == "ticket.created" {
        numbers.append(response.event.ticket)
        if numbers.count == count { break }
      }
      return numbers
    }
  }

  /// Answers what a watch reads until it is live: who may follow which queues, what there was, and whether anything was
  /// committed in between.
  private func untilLive(_ reads: HeldReads) async {
    for _ in 0..<3 { await reads.next().answer() }
  }

  /// The read of what there was, done and not answered, of a watch that is just beginning.
  private func ownRead(_ reads: HeldReads) async -> HeldReads.Held {
    await reads.next().answer()
    return await reads.next()
  }

  /// The common read of the live watches is under way, without the queue of a watch that becomes live meanwhile: it must
  /// not be taken for what that watch has seen.
  @Test func aCommonReadIsForThoseItWasMadeFor() async throws {
    try await run { reads, client in
      let first = try await client.tickets.create(HelpDesk.ticket("gpu"))
      reads.hold()
      let delta = created(1, seenBy: watch("Delta", from: first.cursor, client))
      await untilLive(reads)
      // The second watch has read what there was, and has not been told yet.
      let triage = created(2, seenBy: watch("Triage", from: first.cursor, client))
      let own = await ownRead(reads)
      // Now a ticket for it; only the first watch is live, so the common read looks at Delta.
      let second = try await client.tickets.create(HelpDesk.ticket("hello"))
      let common = await reads.next()
      own.answer()
      common.answer()
      reads.release()
      // One more than what might be missed: a watch that misses something fails and does not wait for ever.
      let last = try await afterwards("hello", client)
      #expect(try await triage.value == [second.number, last])
      delta.cancel()
    }
  }

  /// A watch that lags behind becomes live while a common read that began further on is under way.
  @Test func aCommonReadIsForThoseWhoWereWhereItBegan() async throws {
    try await run { reads, client in
      let first = try await client.tickets.create(HelpDesk.ticket("gpu"))
      reads.hold()
      let ahead = created(3, seenBy: watch("Delta", from: first.cursor, client))
      await untilLive(reads)
      let behind = created(3, seenBy: watch("Delta", from: first.cursor, client))
      let own = await ownRead(reads)
      let second = try await client.tickets.create(HelpDesk.ticket("gpu 2"))
      // The live watch gets the second ticket; the other has not seen it yet.
      await reads.next().answer()
      let third = try await client.tickets.create(HelpDesk.ticket("gpu 3"))
      let common = await reads.next()
      own.answer()
      common.answer()
      reads.release()
      let last = try await afterwards("gpu", client)
      #expect(try await behind.value == [second.number, third.number, last])
      #expect(try await ahead.value == [second.number, third.number, last])
    }
  }

  /// What is committed while a read is under way wakes nobody by itself; the feed must read again.
  @Test func whatIsCommittedDuringAReadIsReadAfterIt() async throws {
    try await run { reads, client in
      let first = try await client.tickets.create(HelpDesk.ticket("gpu"))
      reads.hold()
      let delta = created(2, seenBy: watch("Delta", from: first.cursor, client))
      await untilLive(reads)
      let second = try await client.tickets.create(HelpDesk.ticket("gpu 2"))
      let common = await reads.next()
      let third = try await client.tickets.create(HelpDesk.ticket("gpu 3"))
      #expect(reads.count == 0)
      common.answer()
      reads.release()
      // Nothing else wakes the feed before the third was seen.
      #expect(try await delta.value == [second.number, third.number])
    }
  }
}
