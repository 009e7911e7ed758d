import SignalboxClient

/// A watch that is read in a task of its own, so that a test can wait for what it sees and for how it ends.
final class WatchProbe: Sendable {
  private let task: Task<Void, any Error>
  private let marks: AsyncStream<Void>
  private let events: AsyncStream<Void>

  init(_ client: SignalboxClient, queue: String) {
    let (marks, marked) = AsyncStream.makeStream(of: Void.self)
    let (events, happened) = AsyncStream.makeStream(of: Void.self)
    self.marks = marks
    self.events = events
    var request = WatchTicketsRequest()
    request.queues = [queue]
    let watch = client.tickets.watch(request)
    task = Task {
      defer {
        marked.finish()
        happened.finish()
      }
      for try await response in watch {
        if response.hasEvent { happened.yield() } else { marked.yield() }
      }
    }
  }

  deinit { task.cancel() }

  /// Returns when the server has begun it, or it has ended.
  func begun() async throws {
    for await _ in marks { return }
  }

  func sawEvent() async throws {
    for await _ in events { return }
  }

  /// Waits for its end and throws what it ended with.
  func ended() async throws { try await task.value }
}
