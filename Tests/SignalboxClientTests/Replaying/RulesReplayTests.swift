import SignalboxProtocol
import SignalboxWire
import SwiftProtobuf
import Synchronization
import Testing

@testable import SignalboxClient

@Suite struct RulesReplayTests {
  private static let request = ReplayRulesRequest.with { $0.limit = 600 }

  private static func progress(_ lookedAt: UInt64) -> ReplayRulesResponse {
    .with { ($0.lookedAt, $0.total) = (lookedAt, 600) }
  }

  private static let result = ReplayRulesResponse.with {
    ($0.lookedAt, $0.total) = (600, 600)
    $0.result.moved = 7
  }

  /// Reads a replay in a task and hands on what it reads; the task gives what came after its end.
  private static func read(
    _ scene: Scene
  ) -> (Task<ReplayRulesResponse?, any Error>, AsyncStream<ReplayRulesResponse>.AsyncIterator) {
    let (stream, continuation) = AsyncStream<ReplayRulesResponse>.makeStream()
    let task = scene.begin { client in
      var iterator = client.rules.replay(request).makeAsyncIterator()
      while let response = try await iterator.next() { continuation.yield(response) }
      return try await iterator.next()
    }
    return (task, stream.makeAsyncIterator())
  }

  private static func watches(_ scene: Scene) -> Int { scene.client.runner.pool.state.withLock { $0.watches } }

  @Test func progressComesInOrderAndThenTheResult() async throws {
    try await Scene.play { scene in
      var (task, read) = Self.read(scene)
      let server = await scene.network.accept()
      let call = try await server.call()
      #expect(call.header.method == SignalboxProtocol.Method.replayRules.rawValue)
      #expect(call.header.timeoutMilliseconds == 0)
      #expect(call.header.idempotencyKey == nil)
      #expect(try call.request(as: ReplayRulesRequest.self) == Self.request)
      try await server.send(call, Self.progress(0))
      #expect(await read.next() == Self.progress(0))
      try await server.send(call, Self.progress(500))
      try await server.send(call, Self.result)
      #expect(await read.next() == Self.progress(500))
      #expect(await read.next() == Self.result)
      try await server.answer(call, bytes: nil)
      #expect(try await task.value == nil)
      #expect(Self.watches(scene) == 0)
    }
  }

  @Test func cancellingTheTaskEndsIt() async throws {
    try await Scene.play { scene in
      var (task, read) = Self.read(scene)
      let server = await scene.network.accept()
      let call = try await server.call()
      try await server.send(call, Self.progress(0))
      #expect(await read.next() == Self.progress(0))
      task.cancel()
      #expect(await failure(task) is CancellationError)
      #expect(try await server.event() == .cancelled(call.stream, .cancel))
      #expect(Self.watches(scene) == 0)
    }
  }

  /// What was looked at is lost with it, so it is for the caller to begin anew.
  @Test func aLostConnectionEndsIt() async throws {
    try await Scene.play([.connects, .connects]) { scene in
      var (task, read) = Self.read(scene)
      let lost = await scene.network.accept()
      let call = try await lost.call()
      try await lost.send(call, Self.progress(500))
      #expect(await read.next() == Self.progress(500))
      try await lost.drop()
      #expect(await clientError(task)?.code == .unavailable)
      #expect(Self.watches(scene) == 0)
    }
  }

  /// Even what may be tried again at once.
  @Test(arguments: [
    (ErrorReason.notPermitted, Retry.never), (.rulesInvalid, .never), (.draining, .notExecuted),
    (.storeUnavailable, .sameKey),
  ])
  func aRefusalEndsIt(_ reason: ErrorReason, _ retry: Retry) async throws {
    try await Scene.play { scene in
      let (task, _) = Self.read(scene)
      let server = await scene.network.accept()
      try await server.refuse(
        try await server.call(), Status(reason.code, reason: reason.rawValue, message: "no", retry: retry))
      let error = await clientError(task)
      #expect(error?.reason == reason)
      #expect(error?.message == "no")
      #expect(scene.clock.pauses.isEmpty)
    }
  }

  @Test func nothingComesAfterAFailure() async throws {
    try await Scene.play { scene in
      let task = scene.begin { client in
        var iterator = client.rules.replay(Self.request).makeAsyncIterator()
        await #expect(throws: ClientError.self) { try await iterator.next() }
        return try await iterator.next()
      }
      let server = await scene.network.accept()
      try await server.refuse(try await server.call(), Status(.internal, reason: "INTERNAL"))
      #expect(try await task.value == nil)
    }
  }

  @Test func lettingGoOfTheIteratorEndsIt() async throws {
    try await Scene.play { scene in
      let task = scene.begin { client in
        for try await _ in client.rules.replay(Self.request) { break }
      }
      let server = await scene.network.accept()
      let call = try await server.call()
      try await server.send(call, Self.progress(0))
      try await task.value
      #expect(try await server.event() == .cancelled(call.stream, .cancel))
      #expect(Self.watches(scene) == 0)
    }
  }
}
