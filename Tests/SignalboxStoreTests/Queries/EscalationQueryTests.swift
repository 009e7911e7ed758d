import SignalboxCore
import SignalboxStore
import Testing

struct EscalationQueryTests {
  private static func at(_ offset: Int64) -> Timestamp {
    Timestamp(milliseconds: QueryScene.now.milliseconds + offset)
  }

  @Test(arguments: StoreKind.allCases)
  func whatRulesKnowComesBackAsItWasWritten(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var ticket = QueryScene.ticket(5)
      (ticket.type, ticket.dueAt, ticket.escalateAt) = ("incident", Self.at(7), Self.at(8))
      try await scene.commit([.insertTicket(ticket)], at: 5)
      #expect(try await scene.ticket(5) == ticket)
      ticket.placement = TicketPlacement(
        since: Self.at(1), previous: QueueID(11), handoffs: 3, isChosen: true, ruleMoves: [Self.at(0), Self.at(1)],
        isStopped: true)
      (ticket.type, ticket.dueAt, ticket.escalateAt) = ("", nil, nil)
      (ticket.commentCount, ticket.escalations) = (4, ["late": 2, "idle-long": 1])
      try await scene.commit([.updateTicket(ticket)], at: 6)
      #expect(try await scene.ticket(5) == ticket)
      // Lists of tickets that are about to change have it as well.
      let active = try await scene.read { try $0.all(TicketQueries.active(in: QueueID(10), of: TenantID(1), limit: 3)) }
      #expect(active.map(\.placement) == [ticket.placement] && active.map(\.escalations) == [ticket.escalations])
      (ticket.type, ticket.placement.isStopped, ticket.subject) = ("wish", false, "another")
      try await scene.commit([.editTicket(ticket)], at: 7)
      #expect(try await scene.ticket(5) == ticket)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func theLongestDueComeFirst(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for (number, offset) in [(1, 30), (2, 10), (3, 20), (4, nil)] as [(Int64, Int64?)] {
        var ticket = QueryScene.ticket(number)
        ticket.escalateAt = offset.map(Self.at)
        try await scene.commit([.insertTicket(ticket)], at: number)
      }
      #expect(try await scene.dueTenants(at: Self.at(9)) == [])
      #expect(try await scene.dueTenants(at: Self.at(10)) == [1])
      #expect(try await scene.due(at: Self.at(20)) == [2, 3])
      #expect(try await scene.due(at: Self.at(20), tenant: 2) == [])
      try await scene.database.write { transaction in
        try transaction.run(EscalationQueries.reschedule(TicketNumber(2), to: nil, of: TenantID(1)))
        try transaction.run(EscalationQueries.reschedule(TicketNumber(3), to: Self.at(40), of: TenantID(1)))
      }
      #expect(try await scene.due(at: Self.at(50)) == [1, 3])
    }
  }

  /// Activated rules bring all active tickets to now, so many a step.
  @Test(arguments: StoreKind.allCases)
  func anActivationIsFollowedByASweep(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for number in 1...5 as ClosedRange<Int64> {
        try await scene.commit(
          [.insertTicket(QueryScene.ticket(number, status: number == 2 ? .closed : .open))], at: number)
        try await scene.commit([.insertTicket(QueryScene.ticket(number))], at: number, tenant: 2)
      }
      let record = RuleSetRecord(
        name: "r", version: 1, hash: [1], text: "", keptAt: QueryScene.now, keptBy: QueryScene.actor,
        activation: .init(at: QueryScene.now, by: QueryScene.actor))
      try await scene.commit([.keepRules(record), .activateRules(record)], at: 6)
      func sweep() async throws -> Bool {
        try await scene.database.write { transaction in
          try EscalationQueries.sweep(TenantID(1), at: Self.at(0), limit: 3, in: transaction)
        }
      }
      let next = try await scene.read { try $0.first(EscalationQueries.nextSweep(after: TenantID(0))) }
      #expect(next == TenantID(1))
      #expect(try await sweep())
      #expect(try await scene.due(at: Self.at(0)) == [1, 3])
      #expect(try await !sweep())
      #expect(try await scene.due(at: Self.at(0)) == [1, 3, 4, 5])
      #expect(try await scene.due(at: Self.at(0), tenant: 2) == [])
      #expect(try await scene.read { try $0.first(EscalationQueries.nextSweep(after: TenantID(0))) } == nil)
    }
  }
}

extension QueryScene {
  fileprivate func due(at now: Timestamp, tenant: Int64 = 1) async throws -> [Int64] {
    try await read { try $0.all(EscalationQueries.due(of: TenantID(tenant), at: now, limit: 9)) }.map(\.value)
  }

  fileprivate func dueTenants(at now: Timestamp) async throws -> [Int64] {
    try await read { try $0.all(EscalationQueries.dueTenant(after: TenantID(0), at: now)) }.map(\.value)
  }
}
