/// A consistent view of the database, good for one closure.
///
/// Everything read through one snapshot is of one moment. It belongs to the thread that lent it and
/// must not be kept after the closure has returned.
package protocol Snapshot {
  /// All rows, decoded. More than `StoreLimits.maximumRowsPerQuery` rows throw `StoreError.tooManyRows`:
  /// a query that can grow carries its own LIMIT.
  func all<Output>(_ query: Query<Output>) throws -> [Output]

  /// The first row, decoded, or `nil` if there is none; further rows are not read.
  func first<Output>(_ query: Query<Output>) throws -> Output?
}

/// A snapshot that may also be changed. What one command changes is kept or dropped as a whole.
package protocol Transaction: Snapshot {
  /// Runs a statement to its end and returns how many rows it inserted, updated or deleted itself
  /// (not counting what triggers and foreign keys did).
  @discardableResult
  func run(_ statement: Query<Void>) throws -> Int
}
