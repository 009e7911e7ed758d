import SignalboxCore
import SignalboxStore
import SignalboxTLS

/// The first start on an empty database: the system tenant, the key of cursors, the first admin.
struct Bootstrap {
  static let cursorKey = "cursor"
  static let adminTokenName = "first-admin"
  static let rowsPerSeal = 1_000

  /// What a database that is in use holds for its server.
  struct Installation: Sendable {
    var cursorKey: [UInt8]
    var credentials: [TokenQueries.Credential]
    var tenants: [(name: String, id: TenantID)]
    /// Of those for which some are set.
    var quotas: [TenantID: Quotas]
    /// The secret of the first admin's token, if it was made just now. It is nowhere else.
    var firstSecret: String?
  }

  let database: any Database
  let clock: ServerClock

  func run() async throws -> Installation {
    let now = clock.now()
    let key = SecureRandom.bytes(count: 32)
    let secret = BearerToken.makeSecret()
    try await sealAudit()
    return try await database.write { transaction in
      let known = try transaction.first(TenantQueries.serverKey(Self.cursorKey))
      let firstSecret = known == nil ? try Self.begin(transaction, key: key, secret: secret, at: now) : nil
      let credentials = try TokenQueries.credentials(in: transaction)
      return Installation(
        cursorKey: known ?? key, credentials: credentials,
        tenants: try TenantQueries.names(in: transaction), quotas: try TenantQueries.allQuotas(in: transaction),
        firstSecret: firstSecret)
    }
  }

  /// Chains what older servers committed without.
  private func sealAudit() async throws {
    for tenant in try await database.read({ try TenantQueries.names(in: $0).map(\.id) }) {
      var place: (revision: Revision, hash: [UInt8])?
      repeat {
        let from = place
        place = try await database.write { transaction in
          try AuditQueries.seal(
            tenant, after: from, limit: Self.rowsPerSeal, digest: { Digest.sha256($0) }, in: transaction)
        }
      } while place != nil
    }
  }

  private static func begin(
    _ transaction: any Transaction, key: [UInt8], secret: String, at now: Timestamp
  ) throws -> String {
    try transaction.run(TenantQueries.insertServerKey(cursorKey, key))
    let system = Tenant(id: .system, name: "system", displayName: "system", settings: .init(), createdAt: now)
    try transaction.insert(system)
    let revision = Revision(1)
    let bearer = BearerToken(tenant: .system, token: TokenID(revision.value), secret: secret)
    let nobody = Principal(
      tenant: .system, role: .systemAdmin, person: nil, handle: nil, tokenTenant: .system, token: TokenID(0),
      tokenName: "first-start")
    let situation = Situation(
      principal: nobody, configuration: TenantConfiguration(tenant: system, version: Revision(0)), now: now,
      revision: revision, quotas: Quotas())
    let command = CreateToken(name: adminTokenName, role: .systemAdmin, person: "", secretHash: bearer.secretHash)
    let decided = try command.decide(in: situation, given: .init(nameIsTaken: false))
    _ = try transaction.commit(
      decided.plan, as: revision, of: .system, by: nobody.actor, at: now, configuration: Revision(0),
      audit: AuditLink(source: "server", previous: []) { Digest.sha256($0) })
    return bearer.text
  }
}
