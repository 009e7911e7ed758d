import SignalboxCore
import SignalboxStore
import Testing

struct AvailabilityQueryTests {
  private static let person = Person(
    id: PersonID(4), handle: "p4", displayName: "P", email: "p4@example.org", organization: nil)

  @Test(arguments: StoreKind.allCases)
  func anAvailabilityComesBackAsItWasWritten(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      func people(_ tenant: Int64) async throws -> [Person] {
        Array(try await scene.configuration(of: tenant).people.dictionary.values)
      }
      var person = Self.person
      for tenant in [1, 2] as [Int64] { try await scene.commit([.insertPerson(person)], at: 1, tenant: tenant) }
      #expect(try await people(1) == [person])
      for (revision, availability) in [
        Availability(stated: .away, since: QueryScene.now, capacity: 0, skills: ["gpu", "file transfer"]),
        Availability(stated: .offline, since: QueryScene.now), Availability(capacity: 1_000),
        Availability(skills: ["one"]), Availability(),
      ].enumerated() {
        person.availability = availability
        try await scene.commit([.updateAvailability(person)], at: Int64(2 + revision))
        #expect(try await people(1) == [person])
      }
      #expect(try await people(2) == [Self.person])
    }
  }

  /// Only what is active counts, weighed by priority, of this person in this tenant.
  @Test(arguments: StoreKind.allCases)
  func aWorkloadIsWhatIsActive(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      func workload(of person: Int64, tenant: Int64 = 1) async throws -> AvailabilityQueries.Workload {
        try await scene.read { try AvailabilityQueries.workload(of: PersonID(person), TenantID(tenant), in: $0) }
      }
      #expect(try await workload(of: 4) == .init())
      let tickets: [(Ticket.Status, Ticket.Priority, Int64?)] = [
        (.new, .low, 4), (.open, .normal, 4), (.pending, .urgent, 4), (.pending, .urgent, 4), (.solved, .high, 4),
        (.closed, .high, 4), (.new, .high, 5), (.new, .high, nil),
      ]
      for (place, (status, priority, assignee)) in tickets.enumerated() {
        var ticket = QueryScene.ticket(Int64(place + 1), assignee: assignee, status: status)
        ticket.priority = priority
        try await scene.commit([.insertTicket(ticket)], at: ticket.number.value)
      }
      try await scene.commit([.insertTicket(QueryScene.ticket(1, assignee: 4))], at: 1, tenant: 2)
      #expect(try await workload(of: 4) == .init(tickets: 4, units: 1 + 2 + 4 + 4))
      #expect(try await workload(of: 5) == .init(tickets: 1, units: 3))
      #expect(try await workload(of: 4, tenant: 2) == .init(tickets: 1, units: 3))
      var done = QueryScene.ticket(3, assignee: 4, status: .closed)
      done.version = 2
      try await scene.commit([.updateTicket(done)], at: 20)
      #expect(try await workload(of: 4) == .init(tickets: 3, units: 7))
    }
  }
}
