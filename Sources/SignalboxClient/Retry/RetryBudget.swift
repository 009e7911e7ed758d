import Synchronization

/// Keeps a client from multiplying the load of a server in trouble: a retry costs a token, and only answers
/// earn new ones. An empty budget lets first attempts through and nothing else.
final class RetryBudget: Sendable {
  private static let capacity = ClientLimits.retryTokens * ClientLimits.answersPerRetryToken

  /// In parts of a token, as many as answers earn one.
  private let parts = Mutex(RetryBudget.capacity)

  /// The server has answered, even if it refused: it is there and keeps up.
  func answered() {
    parts.withLock { $0 = min($0 + 1, RetryBudget.capacity) }
  }

  /// Takes a token. False if there is none.
  func take() -> Bool {
    parts.withLock { parts in
      guard parts >= ClientLimits.answersPerRetryToken else { return false }
      parts -= ClientLimits.answersPerRetryToken
      return true
    }
  }
}
