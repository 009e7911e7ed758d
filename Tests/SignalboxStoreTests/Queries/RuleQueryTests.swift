import SignalboxCore
import SignalboxStore
import Testing

struct RuleQueryTests {
  private static func set(_ hash: [UInt8], version: Int64, active: String? = nil) -> RuleSetRecord {
    RuleSetRecord(
      name: "r", version: version, hash: hash, text: "text \(version)", keptAt: QueryScene.now,
      keptBy: QueryScene.actor,
      activation: active.map { .init(at: QueryScene.now, by: QueryScene.actor, reason: $0) })
  }

  @Test(arguments: StoreKind.allCases)
  func setsAreKeptOnceAndFoundByTheBeginningOfTheirHash(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let rest = [UInt8](repeating: 7, count: 30)
      let staged = Self.set([1, 2] + rest, version: 1)
      let active = Self.set([1, 3] + rest, version: 2, active: "first")
      let again = Self.set([1, 3] + rest, version: 2, active: "again")
      try await scene.commit([.keepRules(staged)], at: 1)
      try await scene.commit([.keepRules(active), .activateRules(active)], at: 2)
      try await scene.commit([.keepRules(again), .activateRules(again)], at: 3)
      func named(_ prefix: [UInt8], of tenant: Int64 = 1) async throws -> [RuleSetRecord] {
        try await scene.read { try $0.all(RuleQueries.ruleSets(beginning: prefix, of: TenantID(tenant))) }
      }
      #expect(try await named([1]) == [staged, again])
      #expect(try await named([1, 2]) == [staged])
      #expect(try await named([1, 3] + rest) == [again])
      #expect(try await named([2]).isEmpty)
      #expect(try await named([1], of: 2).isEmpty)

      let page = try await scene.read { try $0.all(RuleQueries.page(of: TenantID(1), before: nil, limit: 9)) }
      #expect(page.map(\.kept) == [Revision(2), Revision(1)])
      #expect(page.map(\.record.text) == ["", ""])
      let older = try await scene.read {
        try $0.all(RuleQueries.page(of: TenantID(1), before: Revision(2), limit: 9))
      }
      #expect(older.map(\.record.version) == [1])
      let log = try await scene.read { try $0.all(RuleQueries.activations(of: TenantID(1), before: nil, limit: 9)) }
      #expect(log.map(\.revision) == [Revision(3), Revision(2)])
      #expect(log.map(\.activation.reason) == ["again", "first"])
      let foreign = try await scene.read {
        try $0.all(RuleQueries.activations(of: TenantID(2), before: nil, limit: 9))
      }
      #expect(foreign.isEmpty)
    }
  }
}
