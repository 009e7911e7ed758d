/// What the commit loop needs of a connection. One conformance for each database; used by one thread.
///
/// The calls come in this order, over and over: `begin`, then for each command `mark`, its
/// statements, and `keep` or `undo`, then `commit` or `rollback`, then `tidy`.
protocol CommitConnection: Transaction {
  /// An error since `begin` after which nothing of the commit may be kept, even if the command that
  /// met it went on regardless.
  var fault: StoreError? { get }

  func begin() throws
  /// Notes the point to which `undo` returns.
  func mark() throws
  /// Accepts what was done since `mark`. Throws a `StoreError.constraint` if a rule that was put off
  /// is still broken; the commit then goes on after an `undo`.
  func keep() throws
  func undo() throws
  func commit() throws
  /// Drops the whole commit, as far as there is one. False if the connection is then of no further use.
  func rollback() -> Bool
  /// Work that can be done after the answers have gone out.
  func tidy() throws
  func close()
}
