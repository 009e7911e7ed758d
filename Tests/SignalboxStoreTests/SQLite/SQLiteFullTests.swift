import Foundation
import SignalboxStore
import Testing

@Suite("Full disk and long log")
struct SQLiteFullTests {
  private static func setMaximumPages(_ sql: SQL) -> Query<Int64> {
    Query(acrossTenants: "limit pages", sql: sql, decode: { row in try row.integer(0) })
  }

  @Test("writes are refused while there is no room, reads go on, and writing resumes", arguments: StoreKind.allCases)
  func fullDisk(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      try await database.write { transaction in
        try transaction.run(Notes.insert(1))
        _ = try transaction.first(Self.setMaximumPages("PRAGMA max_page_count = 20"))
      }
      for _ in 0..<2 {
        let gate = try await Gate.holdingWriter(of: database)
        let sink = RecordingSink(expecting: 2)
        let results = Results<Int>()
        let commands: [any WriteCommand] = [
          Write(sink: sink, body: { .commit(try $0.run(Notes.insert(2))) }, completion: results.add),
          Write(
            sink: sink,
            body: { transaction in
              // A command that swallows the error is not kept either.
              let bytes = [UInt8](repeating: 1, count: 1 << 20)
              return .commit((try? transaction.run(Notes.insert(3, bytes: bytes))) ?? 0)
            }, completion: results.add),
        ]
        #expect(database.submit(contentsOf: commands).accepted == 2)
        gate.open()
        _ = await sink.untilAll()
        #expect(results.errors == [.diskFull, .diskFull])
        #expect(try await database.noteIDs() == [1])
      }
      #expect(database.statistics.failedCommits == 2)
      try await database.write { transaction in
        _ = try transaction.first(Self.setMaximumPages("PRAGMA max_page_count = 100000"))
        try transaction.run(Notes.insert(3, bytes: [UInt8](repeating: 1, count: 1 << 20)))
      }
      #expect(try await database.noteIDs() == [1, 3])
      #expect(try await database.checkIntegrity() == [])
    }
  }

  @Test("the log is copied into the database and begins anew")
  func checkpoints() async throws {
    try await withFolder { folder in
      var limits = StoreLimits()
      limits.pagesBeforeCheckpoint = 16
      limits.pagesBeforeWaitingCheckpoint = 64
      let path = folder + "/db"
      let database = try SQLiteDatabase(
        at: .file(path), migrations: Notes.migrations, limits: limits)
      for id in 1...400 as ClosedRange<Int64> {
        try await database.write { try $0.run(Notes.insert(id)) }
        #expect(try await database.noteIDs().count == Int(id))
      }
      let size = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
      // 400 commits of at least two pages would take 3 MB.
      #expect(try #require(size) < 500_000)
      await database.close()
    }
  }
}
