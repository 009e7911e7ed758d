import SignalboxWire

/// Decides, for one call, what its server's marks allow. It guesses nothing: a call without a mark is not repeated.
///
/// Repeating with the same key is safe for every method, since a call that changes something always has a key here and
/// the others change nothing.
struct RetryPolicy {
  enum Decision: Equatable {
    case giveUp
    case retry(after: WireInterval)
  }

  /// Of the attempt that is made now, as it stands in the call's header.
  private(set) var attempt: UInt32 = 0
  private var wasRepeatedAtOnce = false

  /// What to do after a failed attempt. `remaining` is what is left of the call's time; a wait that would not leave any
  /// is not begun.
  mutating func decide(
    _ failure: CallFailure, remaining: WireInterval, random: UInt64, budget: RetryBudget
  ) -> Decision {
    // The time that is over is the caller's, whatever the mark says about the call.
    guard failure.error.code != .deadlineExceeded, attempt + 1 < ClientLimits.attempts else { return .giveUp }
    let wait: WireInterval
    switch failure.retry {
    case .never:
      return .giveUp
    case .notExecuted:
      guard !wasRepeatedAtOnce else { return .giveUp }
      wait = failure.retryAfter
    case .sameKey:
      wait = max(Backoff.retry.wait(afterFailures: Int(attempt) + 1, random: random), failure.retryAfter)
    }
    guard wait < remaining, budget.take() else { return .giveUp }
    if failure.retry == .notExecuted { wasRepeatedAtOnce = true }
    attempt += 1
    return .retry(after: wait)
  }
}
