import SignalboxStore
import Testing

/// Mistakes in queries are found when they are first run.
@Suite("Statements")
struct SQLiteStatementTests {
  struct Case: Sendable {
    let query: Query<Void>
    let reason: String
  }

  static let cases = [
    Case(
      query: Query("q", tenant: 1, sql: "SELECT id FROM notes"),
      reason: "it has another number of placeholders than of values (the tenant is `$1`)"),
    Case(
      query: Query(acrossTenants: "q", sql: "SELECT $1", binds: [.null, .null]),
      reason: "it has another number of placeholders than of values"),
    Case(
      query: Query(acrossTenants: "q", sql: "SELECT ?", binds: [.null]),
      reason: "its placeholders must be `$1` to `$1`, but one is `?`"),
    Case(
      query: Query(acrossTenants: "q", sql: "SELECT $2", binds: [.null]),
      reason: "its placeholders must be `$1` to `$1`, but one is `$2`"),
    Case(
      query: Query(acrossTenants: "q", sql: "SELECT $one", binds: [.null]),
      reason: "its placeholders must be `$1` to `$1`, but one is `$one`"),
    Case(
      query: Query(acrossTenants: "q", sql: "SELECT 1; SELECT 2"),
      reason: "it holds more than one statement"),
    Case(query: Query(acrossTenants: "q", sql: "-- nothing"), reason: "the statement is empty"),
    Case(query: Query(acrossTenants: "q", sql: "SELEC 1"), reason: "near \"SELEC\": syntax error"),
    Case(
      query: Query(acrossTenants: "q", sql: "SELECT \"typo\" FROM notes"),
      reason: "no such column: typo"),
  ]

  @Test("a statement that is wrong is refused with its name")
  func mistakes() async throws {
    try await withDatabase(.memory) { database in
      for test in Self.cases {
        await #expect(throws: StoreError.badQuery(query: "q", reason: test.reason)) {
          try await database.write { try $0.run(test.query) }
        }
      }
    }
  }

  @Test("a statement cannot run inside itself")
  func reentry() async throws {
    try await withDatabase(.memory) { database in
      await #expect(throws: StoreError.badQuery(query: "q", reason: "it runs inside itself")) {
        try await database.write { transaction in
          let box = Box(transaction)
          _ = try transaction.all(Self.nested(box, depth: 0))
        }
      }
    }
  }

  private static func nested(_ box: Box, depth: Int) -> Query<Void> {
    Query(
      acrossTenants: "q", sql: "SELECT 1",
      decode: { _ in
        if depth == 0 { _ = try box.transaction.first(nested(box, depth: 1)) }
      })
  }
}

// @unchecked because a decoder may only capture what is Sendable, and this test smuggles in the
// transaction that it runs in, on the same thread.
private final class Box: @unchecked Sendable {
  let transaction: any Transaction

  init(_ transaction: any Transaction) {
    self.transaction = transaction
  }
}
