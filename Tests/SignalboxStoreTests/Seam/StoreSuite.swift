import Foundation
import SignalboxStore
import Synchronization

/// The databases that every test of the seam runs on. A new database joins here.
enum StoreKind: String, Sendable, CaseIterable {
  case memory
  case file

  /// Those that read beside the writer.
  static let withReaders: [StoreKind] = [.file]
}

/// Opens an empty database of the kind, with the test schema unless another is given, and closes and removes it afterwards.
func withDatabase(
  _ kind: StoreKind, limits: StoreLimits = StoreLimits(), migrations: [Migration] = Notes.migrations,
  _ body: (any Database) async throws -> Void
) async throws {
  try await withFolder { folder in
    let location: SQLiteDatabase.Location =
      switch kind {
      case .memory: .memory
      case .file: .file(folder + "/tickets.db")
      }
    let database = try SQLiteDatabase(at: location, migrations: migrations, limits: limits)
    do {
      try await body(database)
    } catch {
      await database.close()
      throw error
    }
    await database.close()
  }
}

/// A new folder, removed afterwards.
func withFolder(_ body: (String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("store-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try await body(folder.path)
}

/// A small schema and its queries.
enum Notes {
  static let migrations = [
    Migration(
      version: 1, name: "notes",
      statements: [
        SQL(
          sqlite: """
            CREATE TABLE notes (
              tenant INTEGER NOT NULL, id INTEGER NOT NULL, body TEXT, bytes BLOB,
              PRIMARY KEY (tenant, id)
            ) STRICT
            """,
          postgres: """
            CREATE TABLE notes (
              tenant BIGINT NOT NULL, id BIGINT NOT NULL, body TEXT, bytes BYTEA,
              PRIMARY KEY (tenant, id)
            )
            """)
      ]),
    Migration(
      version: 2, name: "replies",
      statements: [
        SQL(
          """
          CREATE TABLE replies (
            tenant INTEGER NOT NULL, id INTEGER NOT NULL, note INTEGER NOT NULL,
            PRIMARY KEY (tenant, id),
            FOREIGN KEY (tenant, note) REFERENCES notes (tenant, id) DEFERRABLE INITIALLY DEFERRED
          )
          """)
      ]),
  ]

  static func insert(_ id: Int64, _ body: String? = nil, tenant: Int64 = 1) -> Query<Void> {
    Query(
      "insert note", tenant: tenant,
      sql: "INSERT INTO notes (tenant, id, body) VALUES ($1, $2, $3)",
      binds: [.integer(id), SQLValue(body)])
  }

  static func insert(_ id: Int64, bytes: [UInt8]) -> Query<Void> {
    Query(
      "insert bytes", tenant: 1,
      sql: "INSERT INTO notes (tenant, id, bytes) VALUES ($1, $2, $3)",
      binds: [.integer(id), .blob(bytes)])
  }

  static func reply(_ id: Int64, to note: Int64) -> Query<Void> {
    Query(
      "insert reply", tenant: 1,
      sql: "INSERT INTO replies (tenant, id, note) VALUES ($1, $2, $3)",
      binds: [.integer(id), .integer(note)])
  }

  static func ids(tenant: Int64 = 1) -> Query<Int64> {
    Query(
      "list notes", tenant: tenant, sql: "SELECT id FROM notes WHERE tenant = $1 ORDER BY id",
      decode: { row in try row.integer(0) })
  }

  static func body(_ id: Int64, tenant: Int64 = 1) -> Query<String?> {
    Query(
      "body of note", tenant: tenant,
      sql: "SELECT body FROM notes WHERE tenant = $1 AND id = $2", binds: [.integer(id)],
      decode: { row in try row.textOrNull(0) })
  }
}

/// What a test's command throws of its own.
struct Refusal: Error, Equatable {}

extension Database {
  func noteIDs(tenant: Int64 = 1) async throws -> [Int64] {
    try await read { try $0.all(Notes.ids(tenant: tenant)) }
  }
}
