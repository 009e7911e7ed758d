/// A connection on which migrations can be applied, before anything else uses the database.
protocol MigrationTarget {
  /// Runs `body` in a transaction of its own.
  func transact(_ body: (any Transaction) throws -> Void) throws

  /// Runs `body` in a transaction of its own, without regard to foreign keys until its end, when all
  /// of them must hold again. Looks at every row that refers to another.
  func migrate(_ body: (any Transaction) throws -> Void) throws
}

/// Brings a database to the newest schema, one transaction for each step, and refuses one that is
/// newer than this program or was made by other steps.
struct Migrator {
  private let migrations: [Migration]

  /// Throws `StoreError.migration` if the versions are not 1, 2, 3, …
  init(_ migrations: [Migration]) throws {
    for (index, migration) in migrations.enumerated() where migration.version != Int64(index) + 1 {
      throw StoreError.migration(
        name: migration.name.description,
        reason: "it has version \(migration.version) where \(index + 1) was expected")
    }
    self.migrations = migrations
  }

  func run(on target: some MigrationTarget) throws {
    var applied: [Applied] = []
    try target.transact { transaction in
      try transaction.run(Self.createTable)
      applied = try transaction.all(Self.applied)
    }
    try check(applied)
    for migration in migrations.dropFirst(applied.count) {
      do {
        try target.migrate { transaction in
          for statement in migration.statements {
            try transaction.run(Query(acrossTenants: migration.name, sql: statement))
          }
          try transaction.run(Self.record(migration))
        }
      } catch let error as StoreError where error.isAboutTheDisk {
        throw error
      } catch {
        throw StoreError.migration(
          name: migration.name.description, reason: String(describing: error))
      }
    }
  }

  private func check(_ applied: [Applied]) throws {
    let known = Int64(migrations.count)
    if let found = applied.last?.version, found > known {
      throw StoreError.newerSchema(found: found, known: known)
    }
    for (row, migration) in zip(applied, migrations)
    where row.version != migration.version || row.name != migration.name.description {
      throw StoreError.migration(
        name: migration.name.description,
        reason: "the database has `\(row.name)` as version \(row.version) in its place")
    }
  }
}

extension Migrator {
  private struct Applied {
    let version: Int64
    let name: String
  }

  private static let createTable = Query<Void>(
    acrossTenants: "create schema_migrations",
    sql: SQL(
      sqlite: """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          version INTEGER PRIMARY KEY,
          name TEXT NOT NULL,
          applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
        )
        """,
      postgres: """
        CREATE TABLE IF NOT EXISTS schema_migrations (
          version BIGINT PRIMARY KEY,
          name TEXT NOT NULL,
          applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
        )
        """))

  private static let applied = Query<Applied>(
    acrossTenants: "list schema_migrations",
    sql: "SELECT version, name FROM schema_migrations ORDER BY version",
    decode: { row in try Applied(version: row.integer(0), name: row.text(1)) })

  private static func record(_ migration: Migration) -> Query<Void> {
    Query(
      acrossTenants: "record migration",
      sql: "INSERT INTO schema_migrations (version, name) VALUES ($1, $2)",
      binds: [.integer(migration.version), .text(migration.name.description)])
  }
}

extension StoreError {
  /// True for failures that are not the migration's own fault and are better named by themselves.
  fileprivate var isAboutTheDisk: Bool {
    switch self {
    case .diskFull, .io, .unwritable, .notADatabase, .busy: true
    default: false
    }
  }
}
