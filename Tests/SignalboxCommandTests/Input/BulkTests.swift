import SignalboxClient
import Synchronization
import Testing

@testable import signalbox

@Suite struct BulkTests {
  private func bulk(_ console: FakeConsole, terminal: Bool = false) -> Bulk {
    let server = FakeServer([:])
    let session = Session(
      calls: server.calls, surroundings: console.surroundings(server, terminal: terminal), reading: CallOptions(),
      server: "s")
    return Bulk(session: session, file: "f")
  }

  /// Later calls end first; results still come in the order of the lines, and no more than the window is under way.
  @Test func orderAndWindow() async throws {
    let running = Mutex((now: 0, most: 0))
    var shown: [Int] = []
    let outcome = try await bulk(FakeConsole()).run(
      Array(1...200), line: { $0 },
      call: { number in
        running.withLock {
          $0.now += 1; $0.most = max($0.most, $0.now)
        }
        for _ in 0..<(number % 7 == 0 ? 50 : 1) { await Task.yield() }
        running.withLock { $0.now -= 1 }
        return number * 2
      },
      show: { _, result in shown.append(try result.get()) })
    #expect(shown == (1...200).map { $0 * 2 })
    #expect(outcome == Bulk.Outcome(sent: 200, failed: 0, firstFailure: nil))
    #expect(running.withLock { $0.most } <= Bulk.window)
  }

  @Test func oneFailureDoesNotStopTheRest() async throws {
    let console = FakeConsole()
    let bulk = bulk(console)
    let outcome = try await bulk.run(
      [1, 2, 3], line: { $0 + 10 },
      call: { number in
        if number == 2 { throw ClientError(code: .notFound, reason: .queueNotFound, message: "no queue") }
        return number
      }, show: { _, _ in })
    #expect(outcome == Bulk.Outcome(sent: 3, failed: 1, firstFailure: .notFound))
    #expect(console.errors == "f:12: error: no queue\nhint: `signalbox queue list` shows the queues there are\n")
    #expect(throws: CommandFailure.self) { try bulk.finish(outcome) }
  }

  @Test(arguments: [
    ClientError(code: .unavailable, message: "gone"),
    ClientError(code: .unauthenticated, reason: .unauthenticated, message: "who"),
    ClientError(code: .failedPrecondition, reason: .noRules, message: "no rules"),
  ])
  func whatConcernsEveryLineStopsIt(_ error: ClientError) async throws {
    let console = FakeConsole()
    let calls = Mutex(0)
    await #expect(throws: error) {
      try await bulk(console).run(
        Array(1...1000), line: { $0 },
        call: { number in
          calls.withLock { $0 += 1 }
          if number == 3 { throw error }
          return number
        }, show: { (_, _: Result<Int, any Error>) in })
    }
    #expect(console.errors == "stopped at f:3; 2 lines before it are done\n")
    #expect(calls.withLock { $0 } <= 2 + Bulk.window)
  }

  @Test func progressOnATerminal() async throws {
    let console = FakeConsole()
    _ = try await bulk(console, terminal: true).run([1, 2], line: { $0 }, call: { $0 }, show: { _, _ in })
    #expect(console.errors.contains("█ 2 of 2"))
    #expect(console.errors.hasSuffix("\r\u{1b}[K"))
  }
}
