import SignalboxCore
import SignalboxStore
import Testing

struct WatcherQueryTests {
  private let queue = QueueID(10)

  private func watchers(in scene: QueryScene, tenant: Int64 = 1) async throws -> [Watcher] {
    try await scene.configuration(of: tenant).queues[queue]?.watchers ?? []
  }

  private func token(_ hash: [UInt8], in scene: QueryScene, tenant: Int64 = 1) async throws -> WatcherToken? {
    try await scene.read { try $0.first(WatcherQueries.token(withHash: hash, of: TenantID(tenant))) }
  }

  @Test(arguments: StoreKind.allCases)
  func watchersComeBackAsTheyWereWritten(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for tenant in [1, 2] as [Int64] {
        try await scene.commit([.insertQueue(QueryScene.queue(10, "Delta"))], at: 10, tenant: tenant)
      }
      let first = QueryScene.queue(10, "Delta").watchers
      var added = Watcher(
        .address("new@example.org"), events: .all, addedBy: Actor(name: "ada"), addedAt: QueryScene.now)
      try await scene.commit([.insertWatcher(added, of: queue)], at: 11)
      #expect(try await watchers(in: scene) == first + [added])
      added.events = WatcherEvents(.status)
      added.confirmedAt = Timestamp(milliseconds: 1)
      added.optedOutAt = Timestamp(milliseconds: 2)
      var person = first[1]
      person.optedOutAt = Timestamp(milliseconds: 3)
      try await scene.commit([.updateWatcher(added, of: queue), .updateWatcher(person, of: queue)], at: 12)
      #expect(try await watchers(in: scene) == [first[0], person, added])
      try await scene.commit([.deleteWatcher(first[0].who, of: queue)], at: 13)
      #expect(try await watchers(in: scene) == [person, added])
      #expect(try await watchers(in: scene, tenant: 2) == first)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func anAddressHasOneTokenAtMost(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      try await scene.commit([.insertQueue(QueryScene.queue(10, "Delta"))], at: 10)
      func made(_ hash: [UInt8]) -> WatcherToken {
        WatcherToken(queue: queue, address: "w@example.org", hash: hash, expiresAt: QueryScene.now)
      }
      try await scene.commit([.putWatcherToken(made([1]))], at: 11)
      #expect(try await token([1], in: scene) == made([1]))
      #expect(try await token([1], in: scene, tenant: 2) == nil)
      try await scene.commit([.putWatcherToken(made([2]))], at: 12)
      #expect(try await token([1], in: scene) == nil)
      #expect(try await token([2], in: scene) == made([2]))
      try await scene.commit([.deleteWatcher(.address("w@example.org"), of: queue)], at: 13)
      #expect(try await token([2], in: scene) == nil)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func aPayloadStandsBehindItsAddress(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      try await scene.commit(
        [], at: 11,
        outbox: [
          .init(role: .watcher, address: "w@example.org"),
          .init(role: .watcherConfirmation, address: "n@example.org", payload: "sbw1.x"),
        ])
      let outbox = try await scene.read {
        try $0.all(
          Query("outbox", tenant: 1, sql: "SELECT recipients FROM outbox WHERE tenant = $1") { try $0.text(0) })
      }
      #expect(outbox == ["watcher w@example.org\nwatcher_confirmation n@example.org sbw1.x"])
    }
  }
}
