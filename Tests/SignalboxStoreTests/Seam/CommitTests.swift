import SignalboxStore
import Synchronization
import Testing

@Suite("Commits")
struct CommitTests {
  @Test("a command that fails is undone alone", arguments: StoreKind.allCases)
  func failsAlone(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let gate = try await Gate.holdingWriter(of: database)
      let sink = RecordingSink(expecting: 3)
      let results = Results<Int64>()
      let commands: [any WriteCommand] = (1...Int64(3)).map { id in
        Write(
          sink: sink,
          body: { transaction in
            try transaction.run(Notes.insert(id))
            if id == 2 { throw Refusal() }
            return .commit(id)
          }, completion: results.add)
      }
      #expect(database.submit(contentsOf: commands) == Admission(accepted: 3, refusal: nil))
      gate.open()
      #expect(await sink.untilAll() == [3])
      #expect(results.outputs == [1, nil, 3])
      #expect(try await database.noteIDs() == [1, 3])
      #expect(database.statistics.dropped >= 1)
    }
  }

  /// What a command of a batch of three does, and how often the first of the three then runs.
  struct Company: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var isTrial = false
    let body: @Sendable (any Transaction) throws -> WriteOutcome<Int64>
    let runs: Int
  }

  @Test(
    "only a command that fails after writing makes its batch run again, and nothing is then kept twice",
    arguments: [
      Company(testDescription: "refused before it wrote", body: { _ in throw Refusal() }, runs: 1),
      Company(
        testDescription: "a dry run", isTrial: true,
        body: {
          try $0.run(Notes.insert(2))
          return .rollback(2)
        }, runs: 1),
      Company(
        testDescription: "refused after it wrote",
        body: {
          try $0.run(Notes.insert(2))
          throw Refusal()
        }, runs: 2),
      Company(
        testDescription: "against a rule of the schema, after it wrote",
        body: {
          try $0.run(Notes.insert(2))
          try $0.run(Notes.insert(1))
          return .commit(2)
        }, runs: 2),
    ])
  func runsAgain(_ company: Company) async throws {
    try await withDatabase(.file) { database in
      let gate = try await Gate.holdingWriter(of: database)
      let sink = RecordingSink(expecting: 3)
      let runs = Mutex(0)
      #expect(
        database.submit(contentsOf: [
          Write(
            sink: sink,
            body: {
              runs.withLock { $0 += 1 }
              return .commit(Int64(try $0.run(Notes.insert(1))))
            }, completion: { _ in }),
          Write(isTrial: company.isTrial, sink: sink, body: company.body, completion: { _ in }),
          Write(sink: sink, body: { .commit(Int64(try $0.run(Notes.insert(3)))) }, completion: { _ in }),
        ]).accepted == 3)
      gate.open()
      #expect(await sink.untilAll() == [3])
      #expect(runs.withLock { $0 } == company.runs)
      #expect(try await database.noteIDs() == [1, 3])
    }
  }

  @Test("commands that wait share one commit and one delivery", arguments: StoreKind.allCases)
  func groups(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let before = database.statistics.commits
      let gate = try await Gate.holdingWriter(of: database)
      let sinks = [RecordingSink(expecting: 10), RecordingSink(expecting: 10)]
      for id in 1...20 {
        try database.submit(
          Write(
            sink: sinks[id % 2],
            body: { .commit(try $0.run(Notes.insert(Int64(id)))) }, completion: { _ in }))
      }
      #expect(database.statistics.waiting == 20)
      gate.open()
      #expect(await sinks[0].untilAll() == [10])
      #expect(await sinks[1].untilAll() == [10])
      #expect(database.statistics.commits == before + 2)
      #expect(database.statistics.kept >= 20)
    }
  }

  @Test("no commit holds more commands than it may", arguments: StoreKind.allCases)
  func boundsCommits(on kind: StoreKind) async throws {
    var limits = StoreLimits()
    limits.maximumCommandsPerCommit = 4
    try await withDatabase(kind, limits: limits) { database in
      let gate = try await Gate.holdingWriter(of: database)
      let sink = RecordingSink(expecting: 10)
      let commands: [any WriteCommand] = (1...Int64(10)).map { id in
        Write(
          sink: sink, body: { .commit(try $0.run(Notes.insert(id))) }, completion: { _ in })
      }
      #expect(database.submit(contentsOf: commands).accepted == 10)
      gate.open()
      #expect(await sink.untilAll() == [4, 4, 2])
    }
  }

  @Test("nobody is answered, and nobody sees the change, before the commit", arguments: StoreKind.allCases)
  func answersAfterCommit(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let first = try await Gate.holdingWriter(of: database)
      let second = Gate()
      let sink = RecordingSink(expecting: 2)
      let results = Results<Int64>()
      let commands: [any WriteCommand] = [
        Write(
          sink: sink, body: { .commit(Int64(try $0.run(Notes.insert(1)))) },
          completion: results.add),
        Write(sink: sink, body: { _ in .commit(second.pass()) }, completion: { _ in }),
      ]
      #expect(database.submit(contentsOf: commands).accepted == 2)
      first.open()
      await second.untilEntered()
      // The first command has run; its commit waits for the second.
      #expect(results.count == 0)
      if StoreKind.withReaders.contains(kind) {
        #expect(try await database.noteIDs() == [])
      }
      second.open()
      #expect(await sink.untilAll() == [2])
      #expect(results.outputs == [1])
      #expect(try await database.noteIDs() == [1])
    }
  }

  @Test("a dry run is answered and leaves nothing", arguments: StoreKind.allCases)
  func dryRun(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let seen = try await database.writeOrDiscard { transaction in
        try transaction.run(Notes.insert(1))
        return .rollback(try transaction.all(Notes.ids()))
      }
      #expect(seen == [1])
      #expect(try await database.noteIDs() == [])
    }
  }

  @Test("a full inbox refuses at once and takes what fits", arguments: StoreKind.allCases)
  func bounded(on kind: StoreKind) async throws {
    var limits = StoreLimits()
    limits.maximumWaitingCommands = 3
    try await withDatabase(kind, limits: limits) { database in
      let gate = try await Gate.holdingWriter(of: database)
      let sink = RecordingSink(expecting: 3)
      let commands: [any WriteCommand] = (1...Int64(5)).map { id in
        Write(
          sink: sink, body: { .commit(try $0.run(Notes.insert(id))) }, completion: { _ in })
      }
      #expect(
        database.submit(contentsOf: commands) == Admission(accepted: 3, refusal: .overloaded))
      #expect(throws: StoreError.overloaded) { try database.submit(commands[4]) }
      gate.open()
      _ = await sink.untilAll()
      #expect(try await database.noteIDs() == [1, 2, 3])
    }
  }

  @Test("a reference that stays broken drops its own command only", arguments: StoreKind.allCases)
  func deferredReference(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let gate = try await Gate.holdingWriter(of: database)
      let sink = RecordingSink(expecting: 2)
      let results = Results<Int>()
      let commands: [any WriteCommand] = [
        Write(
          sink: sink, body: { .commit(try $0.run(Notes.reply(1, to: 99))) },
          completion: results.add),
        Write(sink: sink, body: { .commit(try $0.run(Notes.insert(1))) }, completion: results.add),
      ]
      #expect(database.submit(contentsOf: commands).accepted == 2)
      gate.open()
      _ = await sink.untilAll()
      #expect(results.outputs == [nil, 1])
      guard case .constraint(.foreignKey, _, _) = results.errors[0] else {
        Issue.record("expected a broken reference, got \(results.errors)")
        return
      }
    }
  }

  @Test("the observer hears of each commit once, with the tenants that were changed", arguments: StoreKind.allCases)
  func observer(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let notices = Mutex<[CommitNotice]>([])
      let heard = Signal()
      database.observeCommits { notice in
        notices.withLock { $0.append(notice) }
        heard.set()
      }
      let gate = try await Gate.holdingWriter(of: database)
      let kept: [(tenant: Int64, keep: Bool)] = [(1, true), (2, true), (1, true), (3, false)]
      let commands: [any WriteCommand] = kept.enumerated().map { id, plan in
        Write(
          tenant: plan.tenant, sink: InlineSink.shared,
          body: { transaction in
            try transaction.run(Notes.insert(Int64(id), tenant: plan.tenant))
            return plan.keep ? .commit(()) : .rollback(())
          }, completion: { _ in })
      }
      #expect(database.submit(contentsOf: commands).accepted == 4)
      gate.open()
      await heard.wait()
      #expect(notices.withLock { $0 } == [CommitNotice(tenants: [1, 2])])
    }
  }

  @Test("closing finishes what was accepted and refuses the rest", arguments: StoreKind.allCases)
  func closing(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let gate = try await Gate.holdingWriter(of: database)
      let results = Results<Int>()
      try database.submit(
        Write(
          sink: InlineSink.shared, body: { .commit(try $0.run(Notes.insert(1))) },
          completion: results.add))
      gate.open()
      await database.close()
      #expect(results.outputs == [1])
      await #expect(throws: StoreError.closed) {
        try await database.write { try $0.run(Notes.insert(2)) }
      }
      await #expect(throws: StoreError.closed) { try await database.noteIDs() }
      await database.close()
    }
  }
}
