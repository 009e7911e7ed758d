import SignalboxCore
import SignalboxStore
import Testing

struct PastTicketQueryTests {
  @Test(arguments: StoreKind.allCases)
  func pastTextsAreTheNewestWithinTheirBounds(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for number in 1...120 as ClosedRange<Int64> {
        try await scene.commit([.insertTicket(QueryScene.ticket(number))], at: number)
      }
      try await scene.commit([.insertTicket(QueryScene.ticket(121))], at: 121, tenant: 2)
      func subjects(newest limit: Int, bytes: Int = 1 << 20) async throws -> [String] {
        try await scene.read { snapshot in
          var found: [String] = []
          try PastTicketQueries.each(
            of: TenantID(1), newest: limit, byteLimit: bytes, in: snapshot
          ) { subject, body in
            #expect(body.hasPrefix("body"))
            found.append(subject)
          }
          return found
        }
      }
      #expect(try await subjects(newest: 3) == ["subject 120", "subject 119", "subject 118"])
      #expect(try await subjects(newest: 1_000).count == 120)
      #expect(try await subjects(newest: 100).count == 100)
      #expect(try await subjects(newest: 1_000, bytes: 1).count == 1)
    }
  }
}
