import SignalboxCore
import SignalboxStore
import Testing

struct ReplayQueryTests {
  @Test(arguments: StoreKind.allCases)
  func ticketsComeAsNewOnes(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for number in Int64(1)...4 {
        var ticket = QueryScene.ticket(number, assignee: 4, status: .solved)
        ticket.fields = ["n": "v"]
        ticket.type = "incident"
        ticket.placement.isChosen = number == 3
        ticket.placement.handoffs = 2
        try await scene.commit([.insertTicket(ticket), .updateTicket(ticket)], at: number)
        try await scene.commit([.insertTicket(QueryScene.ticket(number))], at: number, tenant: 2)
      }
      let tickets = try await scene.read {
        try $0.all(ReplayQueries.tickets(of: TenantID(1), before: 4, bodies: true, limit: 2))
      }
      var expected = QueryScene.ticket(3)
      expected.fields = ["n": "v"]
      expected.unassignedReason = ""
      expected.type = "incident"
      expected.placement = TicketPlacement(since: expected.createdAt, isChosen: true)
      #expect(tickets.map(\.number.value) == [3, 2])
      #expect(tickets.first == expected)
      #expect(tickets.last?.placement.isChosen == false)
      let bare = try await scene.read {
        try $0.all(ReplayQueries.tickets(of: TenantID(1), before: 4, bodies: false, limit: 1))
      }
      #expect(bare.map(\.body) == [""])
      let counts = try await scene.read { snapshot in
        try [9, 3].map { try snapshot.first(ReplayQueries.count(of: TenantID(1), atMost: $0)) }
      }
      #expect(counts == [4, 3])
    }
  }
}
