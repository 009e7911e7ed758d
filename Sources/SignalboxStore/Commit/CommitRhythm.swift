/// How many commands the next commit may expect, and how long it is worth to wait for them.
///
/// Callers that wait for answers come in two halves: while one half is being committed the other waits, and each commit
/// carries half of what it could. When the sync of the disk is what a commit costs, a short wait after the answers have
/// gone out brings both halves together. Who is alone never waits: one command before means one is expected.
struct CommitRhythm {
  /// A commit waits at most this part of what the last one took.
  static let share = 8

  private let longestWait: Duration
  private(set) var expected = 1
  private(set) var patience = Duration.zero

  init(longestWait: Duration) {
    self.longestWait = longestWait
  }

  /// - Parameter waiting: commands that had come by the end of the commit.
  mutating func note(committed: Int, waiting: Int, took time: Duration) {
    expected = committed + waiting
    patience = min(time / Self.share, longestWait)
  }
}
