import SignalboxCore
@testable import SignalboxStore
import Testing

struct IdempotencyQueryTests {
  private static let hour: Int64 = 3_600_000

  private func key(_ bytes: [UInt8], tenant: Int64 = 1, token: Int64 = 7) -> IdempotencyQueries.Key {
    .init(tenant: TenantID(tenant), tokenTenant: TenantID(tenant), token: TokenID(token), bytes: bytes)
  }

  /// A UUID of version 7 made at an instant.
  private func uuid(at time: Int64, _ salt: UInt8 = 0) -> [UInt8] {
    let time = (0..<6).map { UInt8(truncatingIfNeeded: time >> (40 - 8 * Int64($0))) }
    return time + [0x70, 1, 0x80, 0, 0, 0, 0, 0, 0, salt]
  }

  @Test(arguments: StoreKind.allCases)
  func aKeyIsFoundForADay(on kind: StoreKind) async throws {
    let start = QueryScene.now.milliseconds
    // A name, a random UUID, one of our own, and ours from clocks that are off.
    let keys: [[UInt8]] = [
      Array("a name".utf8), [0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x47, 0x88, 0x99, 1, 2, 3, 4, 5, 6, 7],
      uuid(at: start), uuid(at: start - 2 * Self.hour), uuid(at: start + Self.hour / 2),
      uuid(at: start - 40 * Self.hour), uuid(at: start - 5 * Self.hour), uuid(at: start - 6 * Self.hour),
      uuid(at: start - 7 * Self.hour), uuid(at: start + 65 * 60_000), uuid(at: start + 47 * Self.hour),
      uuid(at: start + 48 * Self.hour), uuid(at: start + 50 * Self.hour), uuid(at: start + 200 * Self.hour),
    ]
    try await QueryScene.on(kind) { scene in
      for (place, bytes) in keys.enumerated() {
        let record = IdempotencyQueries.Record(requestHash: [UInt8(place)], response: [1, 2, 3], revision: Revision(7))
        try await scene.database.write { transaction in
          try transaction.run(IdempotencyQueries.insert(record, for: key(bytes), at: QueryScene.now))
        }
        for hours in [0, 1, 6, 12, 23, 24] as [Int64] {
          let later = Timestamp(milliseconds: start + hours * Self.hour)
          let found = try await scene.read { try IdempotencyQueries.record(for: key(bytes), at: later, in: $0) }
          #expect(found == record, "key \(place) after \(hours) h")
        }
        for stranger in [key(bytes, tenant: 2), key(bytes, token: 8), key(bytes + [0])] {
          #expect(
            try await scene.read { try IdempotencyQueries.record(for: stranger, at: QueryScene.now, in: $0) } == nil)
        }
      }
    }
  }

  @Test(arguments: StoreKind.allCases)
  func oldKeysAreForgottenAFewAtATime(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let now = QueryScene.now
      let old = Timestamp(milliseconds: now.milliseconds - 48 * Self.hour)
      try await scene.database.write { transaction in
        let record = IdempotencyQueries.Record(requestHash: [1], response: [], revision: Revision(1))
        for salt in 0..<10 as Range<UInt8> {
          try transaction.run(
            IdempotencyQueries.insert(record, for: key(uuid(at: old.milliseconds + Int64(salt), salt)), at: old))
        }
        try transaction.run(IdempotencyQueries.insert(record, for: key(uuid(at: now.milliseconds)), at: now))
        try transaction.run(
          IdempotencyQueries.insert(record, for: key(uuid(at: old.milliseconds), tenant: 2), at: old))
      }
      var rounds: [Int] = []
      for _ in 0..<4 {
        rounds.append(
          try await scene.database.write { transaction in
            try transaction.run(IdempotencyQueries.forget(of: TenantID(1), at: now, limit: 4))
          })
      }
      #expect(rounds == [4, 4, 2, 0])
      let kept = try await scene.read { snapshot in
        try IdempotencyQueries.record(for: key(uuid(at: now.milliseconds)), at: now, in: snapshot)
      }
      #expect(kept != nil)
    }
  }

  /// Keys of our own client rise with time, so that the table grows at its end.
  @Test func ourKeysAreInOrder() {
    let start = QueryScene.now.milliseconds
    let slots = (0..<100).map { step in
      IdempotencyQueries.home(of: uuid(at: start + Int64(step)), at: Timestamp(milliseconds: start + 100))
    }
    #expect(slots == slots.sorted())
    #expect(Set(slots).count == 100)
  }
}
