import Logging
import SignalboxStore

/// Forgets what need not be kept any longer, a little at a time, so that nobody waits for it.
struct Housekeeping {
  static let interval = Duration.seconds(600)
  /// Idempotency records forgotten in one commit.
  static let recordsPerCommit = 500
  /// Commits per tenant and round: more than can be written between two rounds.
  static let commitsPerRound = 20_000

  let context: ServerContext

  /// Runs until its task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: Self.interval)
        try await forgetIdempotencyRecords()
      } catch is CancellationError {
        return
      } catch {
        context.logger.warning("housekeeping failed, will try again", metadata: ["error": "\(error)"])
      }
    }
  }

  func forgetIdempotencyRecords() async throws {
    let tenants = try await context.database.read { try $0.all(TenantQueries.names).map(\.id) }
    let now = context.clock.now()
    for tenant in tenants {
      for _ in 0..<Self.commitsPerRound {
        let forgotten = try await context.database.write { transaction in
          try transaction.run(IdempotencyQueries.forget(of: tenant, at: now, limit: Self.recordsPerCommit))
        }
        if forgotten == 0 { break }
      }
    }
  }
}
