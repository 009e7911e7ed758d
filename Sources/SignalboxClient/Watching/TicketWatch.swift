public import SignalboxProtocol
import SignalboxWire

/// What happens in queues, in order, each event once, for as long as it is read.
///
/// - Elements are events and progress marks. A mark has no event (`hasEvent` is false); its cursor is newer than that
///   of the last event. Whoever keeps a cursor keeps that of the last element dealt with, of either kind.
/// - When the connection is lost, or the server goes away or finds the reader too slow, the watch goes on by itself
///   right behind the last element, without gap or repetition. With an empty cursor in the request and nothing read
///   yet, it goes on from the moment it is open again.
/// - The server sends no more than fits 256 KiB ahead of the reader; nothing is dropped here.
/// - It ends with `ClientError` when going on cannot help (`cursorInvalid`, `cursorTooOld`, `notPermitted`,
///   `queueNotFound`, `unauthenticated`, …), and with `CancellationError` when the task is cancelled. It never
///   ends without an error, except by being asked again after one.
/// - Each iterator is a watch of its own and begins at the request's cursor. Letting go of an iterator ends its
///   watch. Nothing is asked of the server before the first element is.
public struct TicketWatch: AsyncSequence, Sendable {
  public typealias Element = WatchTicketsResponse

  private let request: WatchTicketsRequest
  private let options: CallOptions
  private let runner: CallRunner

  init(_ request: WatchTicketsRequest, _ options: CallOptions, _ runner: CallRunner) {
    self.request = request
    self.options = options
    self.runner = runner
  }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(request, options, runner) }

  /// Reads the watch. For one task at a time.
  public struct AsyncIterator: AsyncIteratorProtocol {
    /// Its cursor follows what was read.
    private var request: WatchTicketsRequest
    private let options: CallOptions
    private let runner: CallRunner
    private var session: WatchSession?
    private var policy = WatchPolicy()
    private var attempt: UInt32 = 0
    private var isOver = false

    init(_ request: WatchTicketsRequest, _ options: CallOptions, _ runner: CallRunner) {
      self.request = request
      self.options = options
      self.runner = runner
    }

    public mutating func next() async throws -> WatchTicketsResponse? {
      guard !isOver else { return nil }
      do {
        return try await element()
      } catch {
        isOver = true
        session = nil
        throw error
      }
    }

    private mutating func element() async throws -> WatchTicketsResponse {
      // Ends when something was read, or by the policy's count of resumptions that bring nothing.
      while true {
        try Task.checkCancellation()
        let session = try await openSession()
        switch await session.next() {
        case .message(let message):
          let response: WatchTicketsResponse = try CallRunner.decode(message, .watchTickets)
          if !response.cursor.isEmpty { request.cursor = response.cursor }
          policy.received()
          attempt = 0
          return response
        case .ended(.cancelled):
          throw CancellationError()
        case .ended(let outcome):
          self.session = nil
          try await resume(after: outcome)
        }
      }
    }

    private mutating func openSession() async throws -> WatchSession {
      if let session { return session }
      var header = try runner.header(.watchTickets, options)
      header.attempt = attempt
      let fresh = try await WatchSession(header, message: CallRunner.encode(request), pool: runner.pool)
      session = fresh
      return fresh
    }

    private mutating func resume(after outcome: CallOutcome) async throws {
      switch policy.decide(outcome, random: runner.clock.random()) {
      case .fail(let error): throw error
      case .resume(let wait):
        if case .ended(let status) = outcome, !status.cursor.isEmpty { request.cursor = status.cursor }
        attempt &+= 1
        if wait.nanoseconds > 0 { try await runner.clock.pause(wait) }
      }
    }
  }
}
