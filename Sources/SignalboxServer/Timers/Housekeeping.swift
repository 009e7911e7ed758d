import Logging
import SignalboxCore
import SignalboxStore

/// Forgets what need not be kept any longer, a little at a time, so that nobody waits for it.
struct Housekeeping {
  static let interval = Duration.seconds(600)
  /// Idempotency records forgotten in one commit.
  static let recordsPerCommit = 500
  /// Tokens whose last use is written in one commit.
  static let usesPerCommit = 500

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

  /// Writes when tokens were last used, each at most once a round, and frees memory that is not needed any more. Runs until
  /// its task is cancelled.
  func writeLastUses() async {
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: .milliseconds(context.limits.lastUseMilliseconds))
        context.configurations.forgetPassed()
        try await writeLastUsesOnce()
      } catch is CancellationError {
        return
      } catch {
        context.logger.warning("the last uses of tokens were not written", metadata: ["error": "\(error)"])
      }
    }
  }

  /// What is not written when the server is killed, or when the store fails, is forgotten: the last use is then shown
  /// as earlier than it was.
  func writeLastUsesOnce() async throws {
    while true {
      let uses = context.tokens.takeUnwrittenUses(atMost: Self.usesPerCommit)
      guard !uses.isEmpty else { return }
      try await context.database.write { transaction in
        for (name, instant) in uses {
          try transaction.run(TokenQueries.noteUse(of: name.token, tenant: name.tenant, at: instant))
        }
      }
    }
  }

  /// One commit at each tenant, the system's among them, then the next at those with more.
  ///
  /// Ends: no record that comes meanwhile is as old as those that go.
  func forgetIdempotencyRecords() async throws {
    let now = context.clock.now()
    try await Turns<TenantID>(
      failure: "idempotency records were not forgotten, will try again", logger: context.logger
    ).take { last in
      try await context.database.read { try $0.first(TenantQueries.next(after: last)) }
    } _: { tenant in
      let forgotten = try await context.database.write { transaction in
        try transaction.run(IdempotencyQueries.forget(of: tenant, at: now, limit: Self.recordsPerCommit))
      }
      return forgotten == 0 ? nil : tenant
    }
  }
}
