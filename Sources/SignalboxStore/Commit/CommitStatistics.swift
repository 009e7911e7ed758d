/// What the writer has done since it was opened.
package struct CommitStatistics: Sendable, Equatable {
  /// Commits that succeeded.
  package internal(set) var commits: UInt64 = 0
  /// Commits of which nothing was kept because the database failed.
  package internal(set) var failedCommits: UInt64 = 0
  /// Commands whose changes were kept.
  package internal(set) var kept: UInt64 = 0
  /// Commands that failed or asked for a dry run.
  package internal(set) var dropped: UInt64 = 0
  /// Commands that wait now.
  package internal(set) var waiting = 0
}

/// Word of a commit that changed something.
package struct CommitNotice: Sendable, Equatable {
  /// The tenants whose commands were kept, each once.
  package let tenants: [Int64]

  package init(tenants: [Int64]) {
    self.tenants = tenants
  }
}
