import Dispatch
import Foundation

/// Turns SIGINT and SIGTERM into the end of a piece of work, so that it leaves its files as it should.
enum Interruption {
  /// Runs `body` until it ends or a signal comes. An interruption is no error.
  static func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let (signals, interrupted) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let sources = [SIGINT, SIGTERM].map { number in
      // The source sees the signal only when the process does not act on it itself.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { interrupted.yield() }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }

    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await body()
        return false
      }
      group.addTask {
        for await _ in signals { return true }
        return true
      }
      let wasInterrupted = try await group.next() ?? false
      group.cancelAll()
      do {
        while try await group.next() != nil {}
      } catch {
        // What a cancelled call throws says nothing the user does not know.
        if !wasInterrupted { throw error }
      }
    }
  }
}
