import SignalboxCore
import SignalboxStore
import Testing

struct ConfigurationQueryTests {
  @Test(arguments: StoreKind.allCases)
  func aConfigurationComesBackAsItWasWritten(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let organization = Organization(id: OrganizationID(3), name: "Delta", kind: .resourceProvider, displayName: "D")
      let people = [4, 5].map {
        Person(
          id: PersonID($0), handle: "p\($0)", displayName: "P", email: "p\($0)@example.org",
          organization: $0 == 4 ? OrganizationID(3) : nil)
      }
      let rules = RuleSetRecord(
        name: "r", version: 2, hash: [9, 9], text: "text", keptAt: QueryScene.now, keptBy: QueryScene.actor,
        activation: .init(at: QueryScene.now, by: QueryScene.actor, reason: "why"))
      try await scene.commit([.insertOrganization(organization)], at: 1)
      for (place, person) in people.enumerated() {
        try await scene.commit([.insertPerson(person)], at: Int64(2 + place))
      }
      let registration = QueueRegistration(
        id: RegistrationID(10), state: .submitted, queue: QueryScene.queue(10, "Delta"), askedBy: QueryScene.actor,
        askedAt: QueryScene.now)
      try await scene.commit([.insertRegistration(registration)], at: 10)
      // What is only asked for is not part of the configuration.
      #expect(try await scene.configuration().queues.isEmpty)
      var approved = registration
      approved.state = .approved
      approved.decidedBy = QueryScene.actor
      approved.decidedAt = QueryScene.now
      approved.answer = "yes"
      try await scene.commit([.updateRegistration(approved), .insertQueue(approved.queue)], at: 11)
      try await scene.commit([.keepRules(rules), .activateRules(rules)], at: 12)

      let configuration = try await scene.configuration()
      #expect(
        configuration.tenant.settings
          == .init(awardeeQueuePattern: "A-<B>", categories: ["b", "a"], timeZone: TimeZones.named("Europe/Berlin")))
      #expect(configuration.organization(named: "Delta") == organization)
      #expect(people.allSatisfy { configuration.people[$0.id] == $0 })
      #expect(configuration.queue(named: "Delta") == approved.queue)
      #expect(try await scene.read { try $0.first(RuleQueries.active(of: TenantID(1))) } == rules)
      #expect(
        try await scene.read { try RegistrationQueries.registration(RegistrationID(10), of: TenantID(1), in: $0) }
          == approved)
      // The other tenant has none of it.
      let other = try await scene.configuration(of: 2)
      #expect(other.organizations.isEmpty && other.people.isEmpty && other.queues.isEmpty && other.rules == nil)
      #expect(
        try await scene.read { try RegistrationQueries.registration(RegistrationID(10), of: TenantID(2), in: $0) }
          == nil)

      var retired = approved.queue
      retired.state = .retired
      retired.redirect = QueueID(14)
      try await scene.commit([.updateQueueState(retired)], at: 13)
      #expect(try await scene.configuration().queue(named: "Delta") == retired)
      let revisions = try await scene.read { try $0.first(TenantQueries.revisions(of: TenantID(1))) }
      #expect(revisions?.revision == Revision(13) && revisions?.configuration == Revision(13))
    }
  }

  @Test(arguments: StoreKind.allCases)
  func settingsAreReplaced(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      try await scene.commit(
        [.updateTenantSettings(.init(resourceProviderQueuePattern: "<P>", categories: ["only"]))], at: 1)
      #expect(
        try await scene.configuration().tenant.settings
          == .init(resourceProviderQueuePattern: "<P>", categories: ["only"]))
      #expect(try await scene.configuration(of: 2).tenant.settings.categories == ["b", "a"])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func quotasAndWhatIsCountedComeBack(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var quotas = Quotas()
      (quotas[.people], quotas[.tickets]) = (5, 0)
      try await scene.commit([.updateTenantQuotas(quotas)], at: 1)
      #expect(try await scene.configuration().tenant.quotas == quotas)
      #expect(try await scene.configuration(of: 2).tenant.quotas == Quotas())
      let all = try await scene.read { try TenantQueries.allQuotas(in: $0) }
      #expect(all == [TenantID(1): quotas])
      quotas[.people] = nil
      try await scene.commit([.updateTenantQuotas(quotas)], at: 2)
      #expect(try await scene.configuration().tenant.quotas == quotas)

      var registration = QueueRegistration(
        id: RegistrationID(3), state: .draft, queue: QueryScene.queue(3, "q"), askedBy: QueryScene.actor,
        askedAt: QueryScene.now)
      let token = AccessToken(
        id: TokenID(4), name: "t", role: .viewer, person: nil, createdAt: QueryScene.now, isRevoked: false)
      try await scene.commit([.insertRegistration(registration)], at: 3)
      try await scene.commit([.insertToken(token, secretHash: [1])], at: 4)
      for number in 5...6 as ClosedRange<Int64> {
        try await scene.commit([.insertTicket(QueryScene.ticket(number))], at: number)
      }
      func usage(of tenant: Int64) async throws -> Usage? {
        let revisions = try await scene.read { try $0.first(TenantQueries.revisions(of: TenantID(tenant))) }
        return revisions?.usage
      }
      #expect(try await usage(of: 1) == Usage(tickets: 2, tokens: 1, openRegistrations: 1))
      registration.state = .withdrawn
      try await scene.commit([.updateRegistration(registration)], at: 7)
      try await scene.commit([.revokeToken(token.id)], at: 8)
      #expect(try await usage(of: 1) == Usage(tickets: 2))
      #expect(try await usage(of: 2) == Usage())
    }
  }

  @Test(arguments: StoreKind.allCases)
  func registrationsGoByStateAndPage(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for id in 1...5 as ClosedRange<Int64> {
        let registration = QueueRegistration(
          id: RegistrationID(id), state: id == 3 ? .declined : .submitted, queue: QueryScene.queue(id, "q\(id)"),
          askedBy: QueryScene.actor, askedAt: QueryScene.now)
        try await scene.commit([.insertRegistration(registration)], at: id)
      }
      func page(after id: Int64, _ state: QueueRegistration.State?, limit: Int) async throws -> [Int64] {
        try await scene.read { snapshot in
          try RegistrationQueries.registrations(of: TenantID(1), after: id, state: state, limit: limit, in: snapshot)
            .map(\.id.value)
        }
      }
      #expect(try await page(after: 0, nil, limit: 3) == [1, 2, 3])
      #expect(try await page(after: 3, nil, limit: 3) == [4, 5])
      #expect(try await page(after: 0, .submitted, limit: 9) == [1, 2, 4, 5])
      #expect(try await page(after: 0, .declined, limit: 9) == [3])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func aRegistrationIsAmendedAndHasAHistory(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var registration = QueueRegistration(
        id: RegistrationID(10), state: .draft, queue: QueryScene.queue(10, "Delta"), askedBy: QueryScene.actor,
        askedAt: QueryScene.now)
      let drafted = Event(.registrationDrafted, subject: "Delta", registration: registration.id)
      let first = try await scene.commit([.insertRegistration(registration)], drafted, at: 10)
      registration.state = .changesRequested
      registration.queue.name = "Delta-2"
      registration.queue.agents = [PersonID(4)]
      registration.queue.keywords = []
      registration.isAdditional = true
      let amended = Event(.registrationAmended, subject: "Delta-2", registration: registration.id)
      let second = try await scene.commit([.amendRegistration(registration)], amended, at: 11)
      try await scene.commit([], at: 12)
      #expect(
        try await scene.read { try RegistrationQueries.registration(RegistrationID(10), of: TenantID(1), in: $0) }
          == registration)
      func history(of tenant: Int64, after revision: Int64) async throws -> [RecordedEvent] {
        try await scene.read { snapshot in
          try snapshot.all(
            EventQueries.history(
              of: RegistrationID(10), tenant: TenantID(tenant), after: Revision(revision), limit: 9))
        }
      }
      #expect(try await history(of: 1, after: 0) == [first, second])
      #expect(try await history(of: 1, after: 10) == [second])
      #expect(try await history(of: 2, after: 0).isEmpty)
      #expect(try await scene.configuration().queues.isEmpty)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func administratorsAreThePeopleOfGoodTokens(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      // The last one's lasts a millisecond longer than now.
      for (id, role, person, lifetime) in [
        (7, Role.tenantAdmin, 4, nil), (8, .tenantAdmin, 5, nil), (9, .agent, 6, nil), (10, .tenantAdmin, 4, nil),
        (11, .tenantAdmin, 7, 0), (12, .tenantAdmin, 8, 1),
      ] as [(Int64, Role, Int64, Int64?)] {
        let token = AccessToken(
          id: TokenID(id), name: "t\(id)", role: role, person: PersonID(person), createdAt: QueryScene.now,
          isRevoked: false,
          expiresAt: lifetime.map { Timestamp(milliseconds: QueryScene.now.milliseconds + $0) })
        try await scene.commit([.insertToken(token, secretHash: [UInt8(id)])], at: id)
      }
      try await scene.commit([.revokeToken(TokenID(8))], at: 13)
      func administrators(of tenant: Int64, limit: Int = 9) async throws -> [PersonID] {
        try await scene.read {
          try $0.all(RegistrationQueries.administrators(of: TenantID(tenant), at: QueryScene.now, limit: limit))
        }
      }
      #expect(try await administrators(of: 1) == [PersonID(4), PersonID(8)])
      #expect(try await administrators(of: 1, limit: 1) == [PersonID(4)])
      #expect(try await administrators(of: 2).isEmpty)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func tenants(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let id = try await scene.read { try $0.first(TenantQueries.id(named: "two")) }
      #expect(id == TenantID(2))
      #expect(try await scene.read { try $0.all(TenantQueries.page(after: 1, limit: 9)) } == [TenantID(2)])
      #expect(try await scene.read { try TenantQueries.names(in: $0).map(\.name).sorted() } == ["one", "two"])
    }
  }
}
