import SignalboxCore
import SignalboxStore
import Testing

/// What a document changes, and the versions it leaves.
struct ConfigurationVersionQueryTests {
  private func version(_ number: Int64) -> ConfigurationVersion {
    ConfigurationVersion(
      version: Revision(number), appliedBy: QueryScene.actor, appliedAt: QueryScene.now, reason: "why \(number)",
      document: [1, UInt8(truncatingIfNeeded: number)])
  }

  @Test(arguments: StoreKind.allCases)
  func theNewestVersionsAreKept(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let count = Int64(Limits.configurationVersions)
      let all = (1...count + 3).map { Change.keepConfigurationVersion(version($0)) }
      try await scene.commit(all, at: 1)
      try await scene.commit([.keepConfigurationVersion(version(1))], at: 1, tenant: 2)
      let (page, newest, first, gone, other) = try await scene.read { snapshot in
        (
          try snapshot.all(ConfigurationVersionQueries.page(of: TenantID(1), before: count, limit: 2)),
          try snapshot.first(ConfigurationVersionQueries.newest(of: TenantID(1))),
          try snapshot.first(ConfigurationVersionQueries.version(Revision(4), of: TenantID(1))),
          try snapshot.first(ConfigurationVersionQueries.version(Revision(3), of: TenantID(1))),
          try snapshot.all(ConfigurationVersionQueries.page(of: TenantID(2), before: .max, limit: 9))
        )
      }
      #expect(page.map(\.version.value) == [count - 1, count - 2])
      #expect(page.allSatisfy { $0.document.isEmpty && $0.reason.hasPrefix("why") })
      #expect(newest == version(count + 3))
      #expect(first == version(4) && gone == nil)
      #expect(other.map(\.version.value) == [1])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func thingsAreChangedAndRemoved(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var organization = Organization(id: OrganizationID(3), name: "Delta", kind: .partner, displayName: "D")
      var person = Person(id: PersonID(4), handle: "ada", displayName: "A", email: "a@example.org", organization: nil)
      person.absence = Absence(from: Timestamp(milliseconds: 1), until: Timestamp(milliseconds: 2), substitute: nil)
      var group = Group(id: GroupID(5), name: "g", displayName: "G", members: [PersonID(4)])
      let other = Group(id: GroupID(6), name: "h", displayName: "H", members: [PersonID(4)])
      var queue = QueryScene.queue(7, "Delta")
      let types = [
        TicketType(
          name: "domain_approval", displayName: "Domain approval",
          fields: [
            .init(name: "domain", kind: .text, isRequired: true),
            .init(name: "approved", kind: .choice, options: ["yes", "not yet"]),
          ], endsIn: [.solved]),
        TicketType(name: "note", displayName: "note", fields: [], endsIn: [.closed, .solved]),
      ]
      try await scene.commit(
        [
          .insertOrganization(organization), .insertPerson(person), .updateAbsence(person), .insertGroup(group),
          .insertGroup(other), .insertQueue(queue), .putTicketTypes(types),
        ], at: 7)
      #expect(try await scene.configuration().ticketTypes == types)
      #expect(try await scene.configuration(of: 2).ticketTypes.isEmpty)

      organization.kind = .awardee
      organization.isRemoved = true
      person.email = "ada@example.org"
      person.organization = OrganizationID(3)
      group.displayName = "Group"
      group.members = []
      queue.agents = []
      queue.state = .retired
      try await scene.commit(
        [
          .updateOrganization(organization), .updatePerson(person), .updateGroup(group), .deleteGroup(other.id),
          .updateQueue(queue), .putTicketTypes(Array(types.suffix(1))),
        ], at: 8)
      var found = try await scene.configuration()
      #expect(found.organizations[organization.id] == organization && found.organization(named: "Delta") == nil)
      #expect(found.people[person.id] == person)
      #expect(found.groups.dictionary == [group.id: group])
      #expect(found.queues[queue.id] == queue)
      #expect(found.ticketTypes == Array(types.suffix(1)))

      person.isRemoved = true
      person.absence = nil
      try await scene.commit([.updatePerson(person)], at: 9)
      found = try await scene.configuration()
      #expect(found.people[person.id] == person && found.person(withHandle: "ada") == nil)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func whatAPersonHoldsIsFound(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for (number, assignee, status) in [(1, 4, .new), (2, 4, .solved), (3, 5, .open), (4, 4, .pending)]
        as [(Int64, Int64, Ticket.Status)]
      {
        try await scene.commit(
          [.insertTicket(QueryScene.ticket(number, assignee: assignee, status: status))], at: number)
      }
      for (id, person) in [(6, 4), (7, 5), (8, 4)] as [(Int64, Int64)] {
        let token = AccessToken(
          id: TokenID(id), name: "t\(id)", role: .agent, person: PersonID(person), createdAt: QueryScene.now,
          isRevoked: false)
        try await scene.commit([.insertToken(token, secretHash: [UInt8(id)])], at: id)
      }
      try await scene.commit([.revokeToken(TokenID(8))], at: 9)
      func held(by tenant: Int64) async throws -> ([Int64], [Int64]) {
        try await scene.read { snapshot in
          (
            try snapshot.all(TicketQueries.active(of: PersonID(4), tenant: TenantID(tenant), limit: 9))
              .map(\.number.value),
            try TokenQueries.tokens(speakingFor: [PersonID(4), PersonID(9)], of: TenantID(tenant), in: snapshot)
              .map(\.value)
          )
        }
      }
      #expect(try await held(by: 1) == ([1, 4], [6]))
      #expect(try await held(by: 2) == ([], []))
    }
  }
}
