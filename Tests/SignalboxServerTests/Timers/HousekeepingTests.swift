import Logging
import SignalboxCore
import SignalboxStore
import SignalboxTestKit
import Testing

@testable import SignalboxServer

/// What need not be kept goes at every tenant.
struct HousekeepingTests {
  private static func uuid(_ number: Int, at time: Int64) -> [UInt8] {
    let time = (0..<6).map { UInt8(truncatingIfNeeded: time >> (40 - 8 * Int64($0))) }
    let rest = (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    return time + [0x70, 0] + rest
  }

  private static func records(of tenant: TenantID, in database: any Database) async throws -> Int64? {
    try await database.read { snapshot in
      try snapshot.first(
        Query<Int64>(
          "test.records", tenant: tenant.value, sql: SQL("SELECT count(*) FROM idempotency WHERE tenant = $1")
        ) { row in try row.integer(0) })
    }
  }

  /// The records of the first tenant cannot be deleted; the one behind it, and the system, have more than one commit of
  /// them.
  @Test func aTenantAtWhichItFailsStopsNoOther() async throws {
    let database = try SQLiteDatabase(at: .memory, migrations: Schema.migrations)
    let clock = ManualClock()
    let context = ServerContext(
      database: database, cursors: CursorCodec(key: [1]), limits: ServerLimits(), instance: [1],
      clock: clock.serverClock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let tenants = [TenantID.system, TenantID(1), TenantID(2)]
    let made = clock.now
    try await database.write { transaction in
      for tenant in tenants {
        try transaction.insert(
          Tenant(
            id: tenant, name: "tenant-\(tenant.value)", displayName: "", settings: Tenant.Settings(),
            createdAt: made))
        for number in 0..<(2 * Housekeeping.recordsPerCommit + 1) {
          try transaction.run(
            IdempotencyQueries.insert(
              IdempotencyQueries.Record(requestHash: [1], response: [], revision: Revision(1)),
              for: IdempotencyQueries.Key(
                tenant: tenant, tokenTenant: tenant, token: TokenID(1),
                bytes: Self.uuid(number, at: made.milliseconds + Int64(number))), at: made))
        }
      }
      let spoil: SQL = """
        CREATE TRIGGER spoil BEFORE DELETE ON idempotency WHEN old.tenant = 1
        BEGIN SELECT RAISE(ABORT, 'spoilt'); END
        """
      try transaction.run(Query<Void>(acrossTenants: "test.spoil", sql: spoil))
    }
    let housekeeping = Housekeeping(context: context)
    try await housekeeping.forgetIdempotencyRecords()
    for tenant in tenants {
      #expect(
        try await Self.records(of: tenant, in: database) == Int64(2 * Housekeeping.recordsPerCommit + 1))
    }
    clock.advance(byMilliseconds: 48 * 3_600_000)
    try await housekeeping.forgetIdempotencyRecords()
    #expect(try await Self.records(of: .system, in: database) == 0)
    #expect(try await Self.records(of: TenantID(1), in: database) == Int64(2 * Housekeeping.recordsPerCommit + 1))
    #expect(try await Self.records(of: TenantID(2), in: database) == 0)
    await database.close()
  }
}
