import SignalboxCore
import SignalboxStore
import Testing

struct ShadowQueryTests {
  private static let set = RuleSetRecord(
    name: "r", version: 2, hash: [UInt8](repeating: 3, count: 32), text: "text", keptAt: QueryScene.now,
    keptBy: QueryScene.actor)
  private static let record = ShadowRecord(set: set, since: QueryScene.now, setBy: QueryScene.actor)

  private static func difference(to shadow: Int64?) -> ShadowDifference {
    ShadowDifference(live: QueueID(10), shadow: shadow.map(QueueID.init), at: QueryScene.now)
  }

  @Test(arguments: StoreKind.allCases)
  func differencesAreCountedKeptAndForgotten(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for tenant in [Int64(1), 2] {
        try await scene.commit([.keepRules(Self.set), .setShadowRules(Self.record)], at: 1, tenant: tenant)
      }
      try await scene.commit([.noteShadow(nil)], at: 2)
      for (revision, shadow) in [(Int64(3), Int64(11)), (4, nil), (5, 11)] as [(Int64, Int64?)] {
        try await scene.commit([.noteShadow(Self.difference(to: shadow))], at: revision)
      }
      let read = try await scene.read { snapshot in
        (
          counts: try snapshot.first(ShadowQueries.counts(of: TenantID(1))),
          page: try snapshot.all(ShadowQueries.page(of: TenantID(1), before: nil, limit: 2)),
          rest: try snapshot.all(ShadowQueries.page(of: TenantID(1), before: 2, limit: 2)),
          moves: try snapshot.all(ShadowQueries.moves(of: TenantID(1), limit: 9)),
          others: try snapshot.all(ShadowQueries.page(of: TenantID(2), before: nil, limit: 9)),
          otherCounts: try snapshot.first(ShadowQueries.counts(of: TenantID(2)))
        )
      }
      #expect(read.counts?.seen == 4 && read.counts?.different == 3)
      #expect(read.page.map(\.ticket.value) == [5, 4])
      #expect(read.page.map(\.difference) == [Self.difference(to: 11), Self.difference(to: nil)])
      #expect(read.rest.map(\.ticket.value) == [3])
      #expect(read.moves.map(\.count) == [2, 1])
      #expect(read.moves.map(\.newest.value) == [5, 4])
      #expect(read.others.isEmpty && read.otherCounts?.seen == 0)

      try await scene.commit([.setShadowRules(nil)], at: 6)
      let after = try await scene.read { snapshot in
        (
          try snapshot.first(ShadowQueries.counts(of: TenantID(1)))?.seen,
          try snapshot.all(ShadowQueries.page(of: TenantID(1), before: nil, limit: 9)).count,
          try snapshot.first(ShadowQueries.counts(of: TenantID(2)))?.seen
        )
      }
      #expect(after == (nil, 0, 0))
    }
  }

  @Test(arguments: StoreKind.allCases)
  func onlyTheNewestAreKept(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      try await scene.commit([.keepRules(Self.set), .setShadowRules(Self.record)], at: 1)
      let many = Limits.shadowDifferences + 3
      // Under one revision: the store does not ask.
      try await scene.commit(Array(repeating: .noteShadow(Self.difference(to: 11)), count: many), at: 2)
      let moves = try await scene.read { try $0.all(ShadowQueries.moves(of: TenantID(1), limit: 9)) }
      #expect(moves.map(\.count) == [Int64(Limits.shadowDifferences)])
      let oldest = try await scene.read { try $0.all(ShadowQueries.page(of: TenantID(1), before: 5, limit: 9)) }
      #expect(oldest.map(\.position) == [4])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func theConfigurationHasTheShadow(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let text = "ruleset \"r\" version 2\nphase route first {\n  otherwise { queue \"Delta\" }\n}\n"
      var record = Self.record
      record.set.text = text
      let kept = record
      try await scene.commit([.insertQueue(QueryScene.queue(10, "Delta")), .keepRules(kept.set)], at: 1)
      try await scene.commit([.setShadowRules(kept)], at: 2)
      let configuration = try await scene.configuration(version: 2)
      #expect(configuration.shadow?.record == kept)
      #expect(configuration.rules == nil)
    }
  }
}
