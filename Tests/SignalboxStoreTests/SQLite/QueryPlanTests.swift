import GRDBSQLite
import SignalboxCore
import SignalboxStore
import Testing

/// What SQLite makes of statements that are run for each call or each list.
@Suite struct QueryPlanTests {
  private static let tenant = TenantID(1)

  private static func list(
    queue: QueueID? = nil, assignee: PersonID? = nil, status: Ticket.Status? = nil, in snapshot: any Snapshot
  ) throws {
    _ = try TicketQueries.page(
      of: tenant, before: 100, queue: queue, filter: .init(assignee: assignee, status: status), limit: 10,
      in: snapshot, where: { _ in true })
  }

  private static let reads: [(index: String, read: @Sendable (Notepad) throws -> Void)] = [
    ("sqlite_autoindex_tickets_1", { try list(in: $0) }),
    ("tickets_active_by_queue", { try list(queue: QueueID(2), in: $0) }),
    ("tickets_done_by_queue", { try list(queue: QueueID(2), in: $0) }),
    ("tickets_active_by_queue", { try list(queue: QueueID(2), status: .pending, in: $0) }),
    ("tickets_done_by_queue", { try list(queue: QueueID(2), status: .closed, in: $0) }),
    ("tickets_active_by_assignee", { try list(assignee: PersonID(2), in: $0) }),
    ("tickets_done_by_assignee", { try list(assignee: PersonID(2), in: $0) }),
    ("tickets_active_by_assignee", { _ = $0.all(TicketQueries.active(of: PersonID(2), tenant: tenant, limit: 5)) }),
    ("tickets_active_by_assignee", { _ = try AvailabilityQueries.workload(of: PersonID(2), tenant, in: $0) }),
    ("tickets_active_by_queue", { _ = $0.all(TicketQueries.active(in: QueueID(2), of: tenant, limit: 5)) }),
    ("tickets_by_escalation", { _ = $0.all(EscalationQueries.due(of: tenant, at: QueryScene.now, limit: 5)) }),
    (
      "events_by_ticket",
      { _ = $0.all(EventQueries.history(of: TicketNumber(2), tenant: tenant, after: Revision(0), limit: 5)) }
    ),
    ("tokens_by_role", { _ = $0.all(RegistrationQueries.administrators(of: tenant, at: QueryScene.now, limit: 5)) }),
    (
      "tokens_by_role",
      { _ = $0.first(TokenQueries.lasting(of: .systemAdmin, beside: TokenID(2), tenant: tenant)) }
    ),
  ]

  @Test(arguments: reads.indices)
  func rowsAreFoundByAnIndexInTheOrderOfTheList(_ index: Int) async throws {
    let notepad = Notepad()
    try Self.reads[index].read(notepad)
    let steps = try await Self.explain("EXPLAIN QUERY PLAN ", notepad.texts, column: 3)
    #expect(steps.contains { $0.contains("INDEX \(Self.reads[index].index) (") }, "\(steps)")
    #expect(!steps.contains { $0.hasPrefix("SCAN") || $0.contains("ORDER BY") && !$0.hasPrefix("MERGE") }, "\(steps)")
  }

  /// A table of its own for a statement costs as much as the row.
  @Test func aNewTicketIsWrittenWithoutTemporaryTables() async throws {
    let notepad = Notepad()
    _ = try notepad.commit(
      Plan(
        changes: [.insertTicket(QueryScene.ticket(5))], event: Event(.ticketCreated),
        outbox: [OutboxRecipient(role: .requester, address: "ada@example.edu")]),
      as: Revision(5), of: Self.tenant, by: QueryScene.actor, at: QueryScene.now, configuration: Revision(0),
      audit: AuditLink(source: "here", previous: [], digest: QueryScene.digest))
    #expect(notepad.texts.count == 4)
    let instructions = try await Self.explain("EXPLAIN ", notepad.texts, column: 1)
    #expect(instructions.contains("IdxInsert"))
    #expect(!instructions.contains("OpenEphemeral"))
  }

  @Test func oneComparisonTellsTheActiveFromTheDone() {
    for status in Ticket.Status.allCases { #expect(status.isActive == (status.rawValue < 4), "\(status)") }
  }

  /// One column of what SQLite says of the statements in the real schema.
  private static func explain(_ word: String, _ texts: [String], column: CInt) async throws -> [String] {
    var found: [String] = []
    try await withFolder { folder in
      let path = folder + "/tickets.db"
      try await SQLiteDatabase(at: .file(path), migrations: Schema.migrations).close()
      var handle: OpaquePointer?
      defer { sqlite3_close(handle) }
      try #require(sqlite3_open(path, &handle) == SQLITE_OK)
      for text in texts {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        try #require(sqlite3_prepare_v2(handle, word + text, -1, &statement, nil) == SQLITE_OK, "\(text)")
        while sqlite3_step(statement) == SQLITE_ROW {
          if let value = sqlite3_column_text(statement, column) { found.append(String(cString: value)) }
        }
      }
    }
    return found
  }
}

/// Takes down what it should run.
private final class Notepad: Transaction {
  private(set) var texts: [String] = []

  func all<Output>(_ query: Query<Output>) -> [Output] {
    texts.append(query.sql.sqlite.description)
    return []
  }

  func first<Output>(_ query: Query<Output>) -> Output? {
    texts.append(query.sql.sqlite.description)
    return nil
  }

  func run(_ statement: Query<Void>) -> Int {
    texts.append(statement.sql.sqlite.description)
    return 0
  }
}
