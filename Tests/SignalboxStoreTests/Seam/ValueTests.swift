import SignalboxStore
import Testing

@Suite("Values")
struct ValueTests {
  static let texts = [
    "", "plain", "'; DROP TABLE notes; --", "\" OR 1=1", "$1 $2 ?1 :a @b", "a\u{0}b",
    "\u{202E}evil\u{202C}", "\u{1B}[31mred", "línea\r\nnueva", "🚂🪧", String(repeating: "x", count: 100_000),
  ]

  @Test("hostile text comes back as it went in", arguments: StoreKind.allCases)
  func text(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      for (id, text) in Self.texts.enumerated() {
        try await database.write { try $0.run(Notes.insert(Int64(id), text)) }
        #expect(try await database.read { try $0.first(Notes.body(Int64(id))) } == text)
      }
      #expect(try await database.noteIDs().count == Self.texts.count)
    }
  }

  @Test("each kind of value comes back as it went in", arguments: StoreKind.allCases)
  func kinds(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      let echo = Query<[String]>(
        acrossTenants: "echo", sql: "SELECT $2, $1, $5, $4, $3, $2",
        binds: [.integer(.min), .text(""), .blob([]), .null, .real(0.5)],
        decode: { row in
          [
            try row.text(0), String(try row.integer(1)), String(try row.real(2)),
            String(describing: try row.textOrNull(3)), String(describing: try row.blob(4)),
            String(describing: try row.textOrNull(5)),
          ]
        })
      let answer = try await database.read { try $0.first(echo) }
      #expect(
        answer
          == ["", "\(Int64.min)", "0.5", "nil", "[]", "Optional(\"\")"])
    }
  }

  struct BadColumn: Sendable {
    let reason: String
    let decode: @Sendable (borrowing Row) throws -> Void
  }

  static let badColumns = [
    BadColumn(reason: "column 0 is null where integer was expected") { _ = try $0.integer(0) },
    BadColumn(reason: "column 0 is null where text was expected") { _ = try $0.text(0) },
    BadColumn(reason: "column 0 is null where blob was expected") { _ = try $0.blob(0) },
    BadColumn(reason: "column 1 holds text where integer was expected") { _ = try $0.integer(1) },
    BadColumn(reason: "column 1 holds text where integer was expected") {
      _ = try $0.integerOrNull(1)
    },
    BadColumn(reason: "column 2 holds integer where text was expected") { _ = try $0.textOrNull(2) },
    BadColumn(reason: "column 2 holds 7 where 0 or 1 was expected") { _ = try $0.flag(2) },
    BadColumn(reason: "column 3 holds text that is not UTF-8") { _ = try $0.text(3) },
    BadColumn(reason: "column 4 is missing, there are 4") { _ = try $0.blobOrNull(4) },
    BadColumn(reason: "column -1 is missing, there are 4") { _ = try $0.real(-1) },
  ]

  @Test("a column that is not what it should be is reported, not trapped on")
  func decoding() async throws {
    try await withDatabase(.memory) { database in
      for bad in Self.badColumns {
        let query = Query<Void>(
          acrossTenants: "odd columns", sql: "SELECT NULL, 'text', 7, CAST(x'ff' AS TEXT)",
          decode: bad.decode)
        await #expect(throws: StoreError.corrupt(query: "odd columns", reason: bad.reason)) {
          try await database.read { try $0.all(query) }
        }
      }
    }
  }

  @Test("a tenant sees its own rows", arguments: StoreKind.allCases)
  func tenants(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      try await database.write { transaction in
        try transaction.run(Notes.insert(1, tenant: 1))
        try transaction.run(Notes.insert(2, tenant: 2))
      }
      #expect(try await database.noteIDs(tenant: 1) == [1])
      #expect(try await database.noteIDs(tenant: 2) == [2])
      #expect(try await database.noteIDs(tenant: 3) == [])
    }
  }

  @Test("a query for more rows than an answer may hold is refused", arguments: StoreKind.allCases)
  func tooManyRows(on kind: StoreKind) async throws {
    var limits = StoreLimits()
    limits.maximumRowsPerQuery = 2
    try await withDatabase(kind, limits: limits) { database in
      try await database.write { transaction in
        for id in 1...2 { try transaction.run(Notes.insert(Int64(id))) }
      }
      #expect(try await database.noteIDs() == [1, 2])
      try await database.write { try $0.run(Notes.insert(3)) }
      await #expect(throws: StoreError.tooManyRows(query: "list notes")) {
        try await database.noteIDs()
      }
    }
  }

  @Test("run counts rows, and a broken rule says which", arguments: StoreKind.allCases)
  func changes(on kind: StoreKind) async throws {
    try await withDatabase(kind) { database in
      try await database.write { transaction in
        for id in 1...3 as ClosedRange<Int64> {
          let inserted = try transaction.run(Notes.insert(id))
          #expect(inserted == 1)
        }
        let update = Query<Void>(
          "shout", tenant: 1, sql: "UPDATE notes SET body = 'x' WHERE tenant = $1 AND id > $2",
          binds: [.integer(1)])
        #expect(try transaction.run(update) == 2)
        #expect(try transaction.run(Notes.ids().ignoringRows) == 0)
        // A command that expects the clash may go on.
        #expect {
          try transaction.run(Notes.insert(1))
        } throws: { error in
          guard case .constraint(.unique, "insert note", _) = error as? StoreError else { return false }
          return true
        }
      }
      #expect(try await database.noteIDs() == [1, 2, 3])
    }
  }
}

extension Query where Output == Int64 {
  fileprivate var ignoringRows: Query<Void> {
    Query<Void>(acrossTenants: name, sql: sql, binds: [.integer(1)])
  }
}
