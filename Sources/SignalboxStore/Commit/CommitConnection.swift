/// What the commit loop needs of a connection. One conformance for each database; used by one thread.
///
/// The calls come in this order, over and over: `begin`, then for each command its statements and
/// `verify`, between `mark` and `keep` or `undo` if it may have to be undone alone, then `commit` or
/// `rollback`, then `tidy`.
protocol CommitConnection: Transaction {
  /// An error since `begin` after which nothing of the commit may be kept, even if the command that
  /// met it went on regardless.
  var fault: StoreError? { get }

  func begin() throws
  /// Notes the point to which `undo` returns.
  func mark() throws
  /// Rises with every row changed; tells whether a command that failed has left anything behind.
  var changedRows: Int64 { get }
  /// Throws a `StoreError.constraint` if a rule that was put off is broken by now.
  func verify() throws
  /// Accepts what was done since `mark`.
  func keep() throws
  func undo() throws
  func commit() throws
  /// Drops the whole commit, as far as there is one. False if the connection is then of no further use.
  func rollback() -> Bool
  /// Work that can be done after the answers have gone out.
  func tidy() throws
  func close()
}
