import SignalboxWire
import Testing

@testable import SignalboxClient

@Suite struct RetryPolicyTests {
  /// A failure as the policy sees it.
  struct Failure: Sendable {
    var mark: Retry
    var code = StatusCode.unavailable
    var retryAfter: UInt32 = 0
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var failures: [Failure]
    /// Waits in milliseconds; nil: given up.
    var waits: [UInt32?]
    var remaining = WireInterval.seconds(30)

    var testDescription: String { name }
  }

  static let never = Failure(mark: .never)
  static let sameKey = Failure(mark: .sameKey)
  static let notExecuted = Failure(mark: .notExecuted)

  static let rows = [
    Row(name: "without a mark never", failures: [never], waits: [nil]),
    Row(name: "not executed: once, at once", failures: [notExecuted, notExecuted], waits: [0, nil]),
    Row(
      name: "not executed, but the server names a time", failures: [Failure(mark: .notExecuted, retryAfter: 700)],
      waits: [700]),
    Row(
      name: "same key: four attempts, waits that double", failures: [sameKey, sameKey, sameKey, sameKey],
      waits: [100, 200, 400, nil]),
    Row(
      name: "the server's retry-after is not undercut",
      failures: [Failure(mark: .sameKey, retryAfter: 900), Failure(mark: .sameKey, retryAfter: 50)],
      waits: [900, 200]),
    Row(name: "marks mix", failures: [sameKey, notExecuted, sameKey, notExecuted], waits: [100, 0, 400, nil]),
    Row(name: "a mark of never ends a series", failures: [sameKey, never], waits: [100, nil]),
    Row(
      name: "time that is over is not asked for twice",
      failures: [Failure(mark: .sameKey, code: .deadlineExceeded)], waits: [nil]),
    Row(
      name: "nor when nothing was executed", failures: [Failure(mark: .notExecuted, code: .deadlineExceeded)],
      waits: [nil]),
    Row(name: "no wait that ends too late", failures: [sameKey], waits: [nil], remaining: .milliseconds(100)),
    Row(
      name: "no wait for a server that wants more time than there is",
      failures: [Failure(mark: .sameKey, retryAfter: 2_000)], waits: [nil], remaining: .seconds(2)),
  ]

  @Test(arguments: rows) func decides(_ row: Row) {
    var policy = RetryPolicy()
    let budget = RetryBudget()
    for (failure, wait) in zip(row.failures, row.waits) {
      var given = CallFailure(ClientError(code: failure.code, message: ""), failure.mark)
      given.retryAfter = .milliseconds(failure.retryAfter)
      let before = policy.attempt
      let decision = policy.decide(given, remaining: row.remaining, random: 1 << 63, budget: budget)
      #expect(decision == (wait.map { .retry(after: .milliseconds($0)) } ?? .giveUp))
      #expect(policy.attempt == (wait == nil ? before : before + 1))
    }
  }

  @Test func anEmptyBudgetStopsRetriesAndAnswersFillIt() {
    let budget = RetryBudget()
    let failure = CallFailure(ClientError(code: .unavailable, message: ""), .sameKey)
    func decide() -> RetryPolicy.Decision {
      var policy = RetryPolicy()
      return policy.decide(failure, remaining: .seconds(30), random: 1 << 63, budget: budget)
    }
    for _ in 0..<ClientLimits.retryTokens { #expect(decide() != .giveUp) }
    #expect(decide() == .giveUp)
    for _ in 1..<ClientLimits.answersPerRetryToken { budget.answered() }
    #expect(decide() == .giveUp)
    budget.answered()
    #expect(decide() != .giveUp)
    #expect(decide() == .giveUp)
  }
}
