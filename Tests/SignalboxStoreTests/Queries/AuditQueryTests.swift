import SignalboxCore
import SignalboxStore
import Testing

struct AuditQueryTests {
  private static let event = Event(
    .ticketReassignedExternally, ticket: TicketNumber(5), ticketVersion: 2, queueBefore: QueueID(10),
    queueAfter: QueueID(11), reason: "wrong queue",
    changes: [Event.FieldChange("queue", from: "A", to: "B"), Event.FieldChange("assignee", from: "ada", to: nil)],
    registration: RegistrationID(9))

  /// The form that the protocol's section 12 gives, byte by byte.
  @Test func theHashedFormIsTheProtocols() {
    let recorded = RecordedEvent(
      revision: Revision(3), actor: Actor(name: "ada"), at: Timestamp(milliseconds: 258), event: Self.event)
    let record = AuditRecord(recorded, from: "here")
    func number(_ value: UInt8, _ higher: UInt8 = 0) -> [UInt8] { [0, 0, 0, 0, 0, 0, higher, value] }
    func text(_ text: String) -> [UInt8] { [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
    let parts: [[UInt8]] = [
      Array("SBA1".utf8), [0, 0, 0, 2, 7, 8], number(1), number(3), text("ticket.reassigned_externally"), number(5),
      number(2), number(10), number(11), text("ada"), text("here"), number(2, 1), text(""), text("wrong queue"),
      number(2), text("queue"), text("A"), text("B"), text("assignee"), text("ada"), text(""), text(""), number(9),
    ]
    #expect(record.hashed(after: [7, 8], in: TenantID(1)) == parts.flatMap { $0 })
  }

  @Test(arguments: StoreKind.allCases)
  func eachRowIsChainedToTheOneBefore(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      try await scene.commit([], at: 1)
      try await scene.commit([], at: 1, tenant: 2)
      try await scene.commit([], Self.event, at: 2)
      let rows = try await scene.rows()
      #expect(rows.map(\.revision.value) == [1, 2])
      #expect(rows.map(\.source) == ["here", "here"])
      #expect(rows[1].changes == Self.event.changes && rows[1].actor == QueryScene.actor.name)
      var previous: [UInt8] = []
      for row in rows {
        #expect(row.hash == QueryScene.digest(row.hashed(after: previous, in: TenantID(1))))
        previous = row.hash
      }
      let revisions = try await scene.read { try $0.first(TenantQueries.revisions(of: TenantID(1))) }
      #expect(revisions?.auditHash == previous)
      // The other tenant has a chain of its own, though its row is the same.
      #expect(try await scene.rows(of: 2).first?.hash != rows.first?.hash)
    }
  }

  /// A database that is older than the audit is chained when it is opened, in parts, to the same hashes.
  @Test(arguments: StoreKind.allCases)
  func whatIsOlderIsChainedLater(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for revision in 1...7 as ClosedRange<Int64> { try await scene.commit([], Self.event, at: revision) }
      let chained = try await scene.rows()
      try await scene.database.write { transaction in
        for statement in [
          "UPDATE events SET hash = NULL", "UPDATE tenant_revisions SET audit_hash = NULL",
        ] as [SQL] {
          try transaction.run(Query(acrossTenants: "forget the chain", sql: statement))
        }
      }
      #expect(try await scene.rows().allSatisfy(\.hash.isEmpty))
      var place: (revision: Revision, hash: [UInt8])?
      var parts = 0
      repeat {
        let from = place
        place = try await scene.database.write { transaction in
          try AuditQueries.seal(TenantID(1), after: from, limit: 3, digest: QueryScene.digest, in: transaction)
        }
        parts += 1
      } while place != nil && parts < 10
      #expect(parts == 3)
      #expect(try await scene.rows() == chained)
      try await scene.commit([], at: 8)
      let last = try #require(try await scene.rows().last)
      #expect(last.hash == QueryScene.digest(last.hashed(after: chained[6].hash, in: TenantID(1))))
    }
  }
}

extension QueryScene {
  fileprivate func rows(of tenant: Int64 = 1) async throws -> [AuditRecord] {
    try await read { try $0.all(AuditQueries.page(of: TenantID(tenant), after: Revision(0), limit: 100)) }
  }
}
