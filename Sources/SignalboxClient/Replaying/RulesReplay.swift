public import SignalboxProtocol
import SignalboxWire

/// How far a replay of rules is and, as the last element, its result.
///
/// - It ends after the result. It ends with `ClientError` when the server refuses it or the connection is lost, and with
///   `CancellationError` when the task is cancelled. It does not go on by itself: a replay begins anew.
/// - Each iterator is a replay of its own. Letting go of an iterator ends its replay. Nothing is asked of the server before
///   the first element is.
public struct RulesReplay: AsyncSequence, Sendable {
  public typealias Element = ReplayRulesResponse

  private let request: ReplayRulesRequest
  private let options: CallOptions
  private let runner: CallRunner

  init(_ request: ReplayRulesRequest, _ options: CallOptions, _ runner: CallRunner) {
    self.request = request
    self.options = options
    self.runner = runner
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(request, options, runner) }

  /// Reads the replay. For one task at a time.
  public struct AsyncIterator: AsyncIteratorProtocol {
    private let request: ReplayRulesRequest
    private let options: CallOptions
    private let runner: CallRunner
    private var session: WatchSession?
    private var isOver = false

    init(_ request: ReplayRulesRequest, _ options: CallOptions, _ runner: CallRunner) {
      self.request = request
      self.options = options
      self.runner = runner
    }

    public mutating func next() async throws -> ReplayRulesResponse? {
      guard !isOver else { return nil }
      do {
        try Task.checkCancellation()
        let session = try await openSession()
        switch await session.next() {
        case .message(let message):
          return try CallRunner.decode(message, .replayRules)
        case .ended(let outcome):
          end()
          try RulesReplay.check(outcome)
          return nil
        }
      } catch {
        end()
        throw error
      }
    }

    private mutating func end() {
      isOver = true
      session = nil
    }

    private mutating func openSession() async throws -> WatchSession {
      if let session { return session }
      let header = try runner.header(.replayRules, options)
      let fresh = try await WatchSession(header, message: CallRunner.encode(request), pool: runner.pool)
      session = fresh
      return fresh
    }
  }

  /// Throws what it ended with, but for OK.
  private static func check(_ outcome: CallOutcome) throws {
    switch outcome {
    case .ended(let status): if status.code != .ok { throw CallFailure(status).error }
    case .reset(let code): throw CallFailure(code).error
    case .turnedAway(let ending): throw ending.error
    case .lost(let ending): throw CallFailure(ending).error
    case .refused(let ending): throw ending.error
    case .notSent, .answered: throw CallRunner.noPlacement
    case .cancelled: throw CancellationError()
    }
  }
}
