import SignalboxWire

/// Decides whether a watch that has ended goes on from its last cursor.
struct WatchPolicy: Equatable {
  enum Decision: Equatable {
    case fail(ClientError)
    case resume(after: WireInterval)
  }

  /// Ends in a row that brought nothing.
  private(set) var fruitless = 0

  mutating func received() { fruitless = 0 }

  /// `outcome` is what a watch can end with; `cancelled` is not asked about.
  mutating func decide(_ outcome: CallOutcome, random: UInt64) -> Decision {
    let failure: CallFailure
    switch outcome {
    case .ended(let status):
      failure = status.code == .ok ? CallFailure(WatchPolicy.ended, .notExecuted) : CallFailure(status)
      guard WatchPolicy.canResume(status) else { return .fail(failure.error) }
    case .reset(let code): failure = CallFailure(code)
    case .turnedAway(let ending): failure = CallFailure(turnedAway: ending)
    case .lost(let ending):
      failure = CallFailure(ending)
      guard !ending.isFatal else { return .fail(ending.error) }
    case .refused(let ending): failure = CallFailure(ending.error, .never)
    case .notSent: failure = CallFailure(CallRunner.noPlacement, .notExecuted)
    case .answered, .cancelled: return .fail(CallRunner.noPlacement)
    }
    fruitless += 1
    guard fruitless <= ClientLimits.fruitlessResumptions else { return .fail(failure.error) }
    // After something was read, at once: the pool waits by itself while there is no connection.
    guard fruitless > 1 else { return .resume(after: failure.retryAfter) }
    return .resume(after: max(Backoff.retry.wait(afterFailures: fruitless - 1, random: random), failure.retryAfter))
  }

  private static var ended: ClientError {
    ClientError(
      code: .unavailable, message: "the server ended the watch again and again; watch from the last cursor later")
  }

  /// Whatever passes by itself. Anything else would be answered the same again.
  private static func canResume(_ status: Status) -> Bool {
    status.code == .ok || status.code == .unavailable || status.retry != .never
      || status.reason == WireReason.slowConsumer
  }
}
