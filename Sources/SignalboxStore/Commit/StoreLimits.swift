/// The bounds of the store. The defaults suit a server on two cores; tests make them small.
package struct StoreLimits: Sendable {
  /// Commands that may wait for the writer; one more is refused as `overloaded`.
  package var maximumWaitingCommands = 4096
  /// Commands that share one commit, and so one sync of the disk.
  package var maximumCommandsPerCommit = 256
  /// Reads that may wait for a reader; one more is refused as `overloaded`.
  package var maximumWaitingReads = 4096
  /// Reads that share one snapshot and travel back together.
  package var maximumReadsPerSnapshot = 32
  /// When a snapshot is older than this, the next read gets a new one and finished reads are answered.
  package var snapshotShare: Duration = .milliseconds(5)
  /// How long one read may take.
  package var readLimit: Duration = .seconds(2)
  /// The same for reads that give way to others: they compute for seconds, and on a busy machine get few of them.
  package var unhurriedReadLimit: Duration = .seconds(30)
  /// Threads that read, each with a connection of its own.
  package var readers = 2
  /// Rows that one query may return.
  package var maximumRowsPerQuery = 100_000
  /// Pages of the write-ahead log after which it is copied into the database. More pages mean fewer
  /// syncs and a longer copy.
  package var pagesBeforeCheckpoint = 4096
  /// Pages of the log after which the writer waits a moment for the readers, so that the log can
  /// begin anew and does not grow without end.
  package var pagesBeforeWaitingCheckpoint = 65_536
  /// How long that moment may be, in milliseconds.
  package var checkpointWaitMilliseconds: Int32 = 250

  package init() {}
}
