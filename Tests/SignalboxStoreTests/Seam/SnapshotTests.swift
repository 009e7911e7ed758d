import Foundation
import SignalboxStore
import Testing

@Suite("Snapshots")
struct SnapshotTests {
  @Test("a read sees every commit that was answered", arguments: StoreKind.allCases)
  func freshness(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      for id in 1...200 as ClosedRange<Int64> {
        try await database.write { try $0.run(Notes.insert(id)) }
        #expect(try await database.read { try $0.first(Notes.body(id)) } == .some(nil))
      }
    }
  }

  @Test("a read stays at its moment while commits go on", arguments: StoreKind.withReaders)
  func isolation(on kind: StoreKind) async throws {
    var limits = StoreLimits()
    limits.readLimit = .seconds(600)
    try await withDatabase(kind, limits: limits) { database in
      try await database.write { try $0.run(Notes.insert(1)) }
      let gate = Gate()
      async let seen = database.read { snapshot in
        let before = try snapshot.all(Notes.ids())
        gate.pass()
        return [before, try snapshot.all(Notes.ids())]
      }
      await gate.untilEntered()
      try await database.write { try $0.run(Notes.insert(2)) }
      gate.open()
      #expect(try await seen == [[1], [1]])
      #expect(try await database.noteIDs() == [1, 2])
    }
  }

  @Test("reads do not wait for the writer", arguments: StoreKind.withReaders)
  func besideTheWriter(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let gate = try await Gate.holdingWriter(of: database)
      #expect(try await database.noteIDs() == [])
      gate.open()
    }
  }

  @Test("an unhurried read gives way, and no other waits for it", arguments: StoreKind.withReaders)
  func unhurried(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let gate = Gate()
      async let niceness = withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
        do {
          try database.submit(
            unhurried: Read(sink: InlineSink.shared) { _ in
              gate.pass()
              return getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
            } completion: {
              continuation.resume(with: $0)
            })
        } catch {
          continuation.resume(throwing: error)
        }
      }
      await gate.untilEntered()
      #expect(try await database.noteIDs() == [])
      gate.open()
      let unhurried = try await niceness
      let usual = try await database.read { _ in getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }
      #expect(unhurried == 19)
      #expect(usual < 19)
    }
  }

  @Test("a read that takes too long is stopped, and the next one runs", arguments: StoreKind.withReaders)
  func tooSlow(on kind: StoreKind) async throws {
    var limits = StoreLimits()
    limits.readLimit = .milliseconds(20)
    try await withDatabase(kind, limits: limits) { database in
      let endless = Query<Int64>(
        acrossTenants: "count for ever",
        sql: """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
          SELECT count(*) FROM n
          """,
        decode: { row in try row.integer(0) })
      await #expect(throws: StoreError.tooSlow(query: "count for ever")) {
        try await database.read { try $0.first(endless) }
      }
    }
  }

  /// They compute for long between their queries, and where others are busy they get little time.
  @Test("a read that gives way to others may take longer", arguments: StoreKind.withReaders)
  func longer(on kind: StoreKind) async throws {
    var limits = StoreLimits()
    limits.readLimit = .zero
    try await withDatabase(kind, limits: limits) { database in
      await #expect(throws: StoreError.self) { try await database.read { try $0.all(Notes.ids()) } }
      let sink = RecordingSink(expecting: 1)
      let results = Results<[Int64]>()
      try database.submit(
        unhurried: Read(sink: sink, body: { try $0.all(Notes.ids()) }, completion: { results.add($0) }))
      _ = await sink.untilAll()
      #expect(results.outputs == [[]])
    }
  }

  @Test("reads that wait together travel back together", arguments: StoreKind.withReaders)
  func shareSnapshots(on kind: StoreKind) async throws {
    var limits = StoreLimits()
    limits.readers = 1
    limits.snapshotShare = .seconds(600)
    limits.maximumReadsPerSnapshot = 8
    limits.maximumWaitingReads = 10
    try await withDatabase(kind, limits: limits) { database in
      let gate = Gate()
      try database.submit(
        Read(sink: InlineSink.shared, body: { _ in gate.pass() }, completion: { _ in }))
      await gate.untilEntered()
      let sink = RecordingSink(expecting: 10)
      let reads: [any ReadCommand] = (1...12).map { _ in
        Read(sink: sink, body: { try $0.all(Notes.ids()) }, completion: { _ in })
      }
      #expect(
        database.submit(contentsOf: reads) == Admission(accepted: 10, refusal: .overloaded))
      gate.open()
      #expect(await sink.untilAll() == [8, 2])
    }
  }

  @Test("a read cannot change anything", arguments: StoreKind.allCases)
  func cannotWrite(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let sneaky = Query<Int64>(
        "insert by reading", tenant: 1,
        sql: "INSERT INTO notes (tenant, id) VALUES ($1, $2) RETURNING id", binds: [.integer(1)],
        decode: { row in try row.integer(0) })
      _ = try? await database.read { try $0.first(sneaky) }
      let ids = try await database.noteIDs()
      #expect(ids == [])
    }
  }
}
