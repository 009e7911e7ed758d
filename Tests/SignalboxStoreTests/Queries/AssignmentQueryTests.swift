import SignalboxCore
import SignalboxStore
import Testing

struct AssignmentQueryTests {
  private static let strategy = PoolStrategy(.roundRobin, of: .agents)

  private static func wait(
    _ ticket: Int64, queue: Int64 = 10, strategy: PoolStrategy = strategy, offeredTo person: Int64? = nil,
    until: Int64 = 0
  ) -> TicketWait {
    TicketWait(
      ticket: TicketNumber(ticket), queue: QueueID(queue), strategy: strategy,
      offer: person.map {
        .init(to: PersonID($0), until: Timestamp(milliseconds: QueryScene.now.milliseconds + until))
      })
  }

  @Test(arguments: StoreKind.allCases)
  func aWaitComesBackAndEndsWithTheTicketsPlace(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let full = PoolStrategy(
        .mostCapacity, of: .group("night"), skills: ["gpu", "file transfer"], skillsRelaxedAfter: 0,
        cap: .init(count: 3, window: 60_000), offerFor: 5_000)
      var revision: Int64 = 0
      for var wait in [Self.wait(1), Self.wait(1, strategy: full, offeredTo: 4, until: 5_000)] {
        wait.declined = [PersonID(4), PersonID(5)]
        revision += 1
        try await scene.commit([.putWait(wait)], at: revision)
        #expect(try await scene.wait(1) == wait)
        #expect(try await scene.wait(1, tenant: 2) == nil)
      }
      // A change that leaves the ticket where it is leaves the wait.
      let unassigned = QueryScene.ticket(1)
      try await scene.commit([.insertTicket(unassigned), .updateTicket(unassigned)], at: 10)
      #expect(try await scene.wait(1) != nil)
      for (place, ticket) in [
        QueryScene.ticket(1, assignee: 4), QueryScene.ticket(1, queue: 11), QueryScene.ticket(1, status: .closed),
      ].enumerated() {
        try await scene.commit([.updateTicket(ticket)], at: Int64(20 + 2 * place))
        #expect(try await scene.wait(1) == nil)
        // One that is put with the change itself stays.
        try await scene.commit(
          [.updateTicket(unassigned), .putWait(Self.wait(1))], at: Int64(21 + 2 * place))
        #expect(try await scene.wait(1) == Self.wait(1))
      }
    }
  }

  @Test(arguments: StoreKind.allCases)
  func waitsAreFoundByQueueAndOffer(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let waits = [
        Self.wait(1), Self.wait(2, offeredTo: 4, until: 0), Self.wait(3, offeredTo: 4, until: 1),
        Self.wait(4, queue: 11),
        Self.wait(5), Self.wait(6, offeredTo: 5, until: -1), Self.wait(7, offeredTo: 4, until: 1),
      ]
      for wait in waits { try await scene.commit([.putWait(wait)], at: wait.ticket.value) }
      try await scene.commit([.putWait(Self.wait(8))], at: 1, tenant: 2)
      func due(after ticket: Int64 = 0, limit: Int = 9) async throws -> [Int64] {
        try await scene.read { snapshot in
          try snapshot.all(
            AssignmentQueries.waits(
              in: QueueID(10), of: TenantID(1), at: QueryScene.now, after: TicketNumber(ticket), limit: limit)
          ).map(\.ticket.value)
        }
      }
      #expect(try await due() == [1, 2, 5, 6])
      #expect(try await due(limit: 1) == [1])
      #expect(try await due(after: 1, limit: 2) == [2, 5])
      #expect(try await due(after: 6) == [])
      func offers(after ticket: Int64) async throws -> [Int64] {
        try await scene.read { snapshot in
          try snapshot.all(
            AssignmentQueries.offers(
              to: PersonID(4), of: TenantID(1), at: QueryScene.now, after: ticket, limit: 9)
          ).map(\.ticket.value)
        }
      }
      #expect(try await offers(after: 0) == [3, 7])
      #expect(try await offers(after: 3) == [7])
      var queues: [[Int64]] = []
      var place = (tenant: TenantID(0), queue: QueueID(0))
      while true {
        let after = place
        guard let next = try await scene.read({ try $0.first(AssignmentQueries.waitingQueue(after: after)) }) else {
          break
        }
        queues.append([next.tenant.value, next.queue.value])
        place = next
      }
      #expect(queues == [[1, 10], [1, 11], [2, 10]])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func factsAreLoadsTurnsAndPicks(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      func at(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: QueryScene.now.milliseconds + milliseconds)
      }
      for (revision, pick) in [
        Pick(PersonID(4), in: QueueID(10), at: at(-Limits.longestCapWindow - 1)),
        Pick(PersonID(4), in: QueueID(10), at: at(-60_000)), Pick(PersonID(5), in: QueueID(10), at: at(-1)),
        Pick(PersonID(4), in: QueueID(11), at: at(-59_999)), Pick(PersonID(4), in: QueueID(10), at: at(0)),
      ].enumerated() {
        try await scene.commit([.notePick(pick)], at: Int64(revision + 1))
      }
      var low = QueryScene.ticket(30)
      low.priority = .low
      try await scene.commit([.insertTicket(QueryScene.ticket(20, assignee: 4)), .insertTicket(low)], at: 20)
      try await scene.commit([.putWait(Self.wait(30, offeredTo: 4, until: 9))], at: 21)
      func facts(
        cap: PoolStrategy.Cap?, beside ticket: TicketNumber? = nil, tenant: Int64 = 1
      ) async throws -> RosterFacts {
        try await scene.read { snapshot in
          try AssignmentQueries.facts(
            of: [PersonID(4), PersonID(6)], beside: ticket, in: QueueID(10), cap: cap, at: QueryScene.now,
            of: TenantID(tenant),
            in: snapshot)
        }
      }
      // A high one that is assigned, a low one that is offered.
      let loads = [PersonID(4): 4, PersonID(6): 0]
      #expect(
        try await facts(cap: nil) == RosterFacts(loads: loads, turns: [PersonID(4): Revision(5)], picks: [:]))
      // A ticket is no reason against itself, whether it is assigned or offered.
      #expect(try await facts(cap: nil, beside: TicketNumber(20)).loads[PersonID(4)] == 1)
      #expect(try await facts(cap: nil, beside: TicketNumber(30)).loads[PersonID(4)] == 3)
      let picks = try await facts(cap: .init(count: 9, window: 60_000)).picks
      #expect(picks == [PersonID(4): [at(0), at(-59_999)], PersonID(6): []])
      #expect(
        try await facts(cap: .init(count: 1, window: 60_000)).picks == [PersonID(4): [at(0)], PersonID(6): []])
      let all = try await facts(cap: .init(count: 9, window: 2 * Limits.longestCapWindow)).picks[PersonID(4)]
      #expect(all == [at(0), at(-59_999), at(-60_000)])
      #expect(try await facts(cap: nil, tenant: 2) == RosterFacts(loads: [PersonID(4): 0, PersonID(6): 0]))
    }
  }
}

extension QueryScene {
  fileprivate func wait(_ ticket: Int64, tenant: Int64 = 1) async throws -> TicketWait? {
    try await read { try $0.first(AssignmentQueries.wait(of: TicketNumber(ticket), TenantID(tenant))) }
  }
}
