import SignalboxStore
import Testing

@Suite("Migrations")
struct MigratorTests {
  static let first = Migration(
    version: 1, name: "first", statements: ["CREATE TABLE a (id INTEGER PRIMARY KEY)"])
  static let second = Migration(
    version: 2, name: "second",
    statements: [
      "CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a (id))",
      "INSERT INTO a (id) VALUES (1)",
      "INSERT INTO b (id, a) VALUES (1, 1)",
    ])
  static let rebuild = Migration(
    version: 3, name: "rebuild",
    statements: [
      "CREATE TABLE a2 (id INTEGER PRIMARY KEY, more TEXT)",
      "INSERT INTO a2 (id) SELECT id FROM a",
      "DROP TABLE a",
      "ALTER TABLE a2 RENAME TO a",
    ])

  private func open(_ path: String, _ migrations: [Migration]) async throws -> [String] {
    let database = try SQLiteDatabase(at: .file(path), migrations: migrations)
    let names = try await database.read {
      try $0.all(
        Query(
          acrossTenants: "applied", sql: "SELECT name FROM schema_migrations ORDER BY version",
          decode: { row in try row.text(0) }))
    }
    let problems = try await database.checkIntegrity()
    await database.close()
    return names + problems
  }

  @Test("a database is brought forward from every older version, also by rebuilding tables")
  func forward() async throws {
    let all = [Self.first, Self.second, Self.rebuild]
    for start in 0...all.count {
      try await withFolder { folder in
        let older = try await open(folder + "/db", Array(all.prefix(start)))
        #expect(older == Array(["first", "second", "rebuild"].prefix(start)))
        #expect(try await open(folder + "/db", all) == ["first", "second", "rebuild"])
      }
    }
  }

  struct Refused: Sendable {
    let before: [Migration]
    let after: [Migration]
    let error: StoreError
  }

  static let refused = [
    Refused(before: [first, second], after: [first], error: .newerSchema(found: 2, known: 1)),
    Refused(
      before: [first], after: [Migration(version: 1, name: "other", statements: [])],
      error: .migration(name: "other", reason: "the database has `first` as version 1 in its place")),
    Refused(
      before: [first], after: [first, Migration(version: 3, name: "gap", statements: [])],
      error: .migration(name: "gap", reason: "it has version 3 where 2 was expected")),
    Refused(
      before: [first, second],
      after: [
        first, second,
        Migration(version: 3, name: "orphans", statements: ["DELETE FROM a"]),
      ],
      error: .migration(
        name: "orphans",
        reason: String(
          describing: StoreError.constraint(
            .foreignKey, query: "migration", reason: "a row refers to one that does not exist")))),
    Refused(
      before: [first],
      after: [
        first,
        Migration(
          version: 2, name: "half", statements: ["CREATE TABLE c (id INTEGER)", "CREATE TABLE a (id)"]),
      ],
      error: .migration(
        name: "half",
        reason: String(
          describing: StoreError.badQuery(query: "half", reason: "table a already exists")))),
  ]

  @Test("what must not be applied is refused and leaves the database as it was", arguments: refused)
  func refusal(_ test: Refused) async throws {
    try await withFolder { folder in
      let before = try await open(folder + "/db", test.before)
      #expect(throws: test.error) {
        try SQLiteDatabase(at: .file(folder + "/db"), migrations: test.after)
      }
      #expect(try await open(folder + "/db", test.before) == before)
    }
  }
}
