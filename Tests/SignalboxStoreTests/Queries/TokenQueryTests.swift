import SignalboxCore
import SignalboxStore
import Testing

struct TokenQueryTests {
  private static let person = Person(id: PersonID(4), handle: "ada", displayName: "Ada", email: "", organization: nil)
  private static let token = AccessToken(
    id: TokenID(7), name: "t", role: .agent, person: PersonID(4), createdAt: QueryScene.now, isRevoked: false,
    expiresAt: Timestamp(milliseconds: 9), queues: [QueueID(10), QueueID(12)],
    verbs: Rights(.browse, .reassignInternally))

  @Test(arguments: StoreKind.allCases)
  func aTokenComesBackAsItWasWritten(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      try await scene.commit([.insertPerson(Self.person)], at: 1)
      try await scene.commit([.insertToken(Self.token, secretHash: [1, 2])], at: 7)
      #expect(try await scene.token(of: 1) == Self.token)
      #expect(try await scene.token(of: 2) == nil)
      let credentials = try await scene.read { try TokenQueries.credentials(in: $0) }
      #expect(credentials.map(\.secretHash) == [[1, 2]])
      #expect(credentials.map(\.oldSecretHash) == [nil])
      #expect(credentials.map(\.handle) == ["ada"])
      #expect(credentials.map(\.token) == [Self.token])
      try await scene.commit([.revokeToken(TokenID(7))], at: 8)
      #expect(try await scene.read { try TokenQueries.credentials(in: $0) }.isEmpty)
      #expect(
        try await scene.read { try $0.all(TokenQueries.page(of: TenantID(1), after: 0, limit: 9)) }
          .map(\.isRevoked) == [true])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func aRotationKeepsTheSecretBefore(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for tenant in [1, 2] as [Int64] {
        try await scene.commit([.insertToken(Self.token, secretHash: [1])], at: 7, tenant: tenant)
      }
      var rotated = Self.token
      rotated.oldSecretUntil = Timestamp(milliseconds: 5)
      try await scene.commit([.rotateToken(rotated, secretHash: [2])], at: 8)
      let credentials = try await scene.read { try TokenQueries.credentials(in: $0) }
      let ours = try #require(credentials.first { $0.tenant == TenantID(1) })
      #expect(ours.secretHash == [2] && ours.oldSecretHash == [1] && ours.token == rotated)
      #expect(credentials.first { $0.tenant == TenantID(2) }?.secretHash == [1])
      #expect(
        try await scene.read { try $0.first(TokenQueries.secretHash(of: TokenID(7), tenant: TenantID(1))) } == [2])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func aUseIsWrittenWithoutARevision(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      try await scene.commit([.insertToken(Self.token, secretHash: [1])], at: 7)
      try await scene.database.write { transaction in
        try transaction.run(
          TokenQueries.noteUse(of: TokenID(7), tenant: TenantID(1), at: Timestamp(milliseconds: 33)))
      }
      #expect(try await scene.token(of: 1)?.lastUsedAt == Timestamp(milliseconds: 33))
      #expect(
        try await scene.read { try $0.first(TenantQueries.revisions(of: TenantID(1))) }?.revision == Revision(7))
    }
  }

  @Test(arguments: StoreKind.allCases)
  func aCertificateStandsForOneTokenOfAllTenants(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var token = Self.token
      token.certificate = CertificateName(.dns, "Desk.Example")
      try await scene.commit([.insertToken(token, secretHash: [])], at: 7)
      #expect(try await scene.token(of: 1)?.certificate?.text == "dns:desk.example")
      let name = CertificateName(.dns, "desk.example")
      #expect(try await scene.read { try $0.first(TokenQueries.tenant(ofCertificate: name)) } == TenantID(1))
      let taken = token
      await #expect(throws: StoreError.self) {
        try await scene.commit([.insertToken(taken, secretHash: [])], at: 7, tenant: 2)
      }
      // Once it was revoked, another may have the name.
      try await scene.commit([.revokeToken(TokenID(7))], at: 8)
      #expect(try await scene.read { try $0.first(TokenQueries.tenant(ofCertificate: name)) } == nil)
      try await scene.commit([.insertToken(token, secretHash: [])], at: 7, tenant: 2)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func whatEndsByItselfIsNotLasting(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      func add(_ id: Int64, _ change: (inout AccessToken) -> Void) async throws {
        var token = AccessToken(
          id: TokenID(id), name: "t\(id)", role: .systemAdmin, person: nil, createdAt: QueryScene.now,
          isRevoked: false)
        change(&token)
        try await scene.commit([.insertToken(token, secretHash: [])], at: id)
      }
      try await add(1) { _ in }
      try await add(2) { $0.expiresAt = Timestamp(milliseconds: 1) }
      try await add(3) { $0.certificate = CertificateName(.uri, "urn:a") }
      func lasting(beside token: Int64?) async throws -> Int? {
        try await scene.read {
          try $0.first(
            TokenQueries.lasting(of: .systemAdmin, beside: token.map(TokenID.init(_:)), tenant: TenantID(1)))
        }
      }
      #expect(try await lasting(beside: nil) == 1)
      #expect(try await lasting(beside: 1) == 0)
    }
  }
}

extension QueryScene {
  fileprivate func token(of tenant: Int64) async throws -> AccessToken? {
    try await read { try $0.first(TokenQueries.token(named: "t", of: TenantID(tenant))) }
  }
}
