import NIOCore
import SignalboxProtocol
import SignalboxWire
import SwiftProtobuf
import Synchronization
import Testing

@testable import SignalboxClient

@Suite struct TicketWatchTests {
  private static func event(_ number: UInt64) -> WatchTicketsResponse {
    .with {
      $0.event.revision = number
      $0.cursor = "c\(number)"
    }
  }

  private static func mark(_ cursor: String) -> WatchTicketsResponse { .with { $0.cursor = cursor } }

  private static func request(_ cursor: String = "") -> WatchTicketsRequest {
    .with {
      $0.queues = ["floor-2"]
      $0.cursor = cursor
    }
  }

  /// Reads a watch in a task and hands on what it reads.
  private static func read(
    _ scene: Scene, _ request: WatchTicketsRequest = request()
  ) -> (Task<Void, any Error>, AsyncStream<String>.AsyncIterator) {
    let (stream, continuation) = AsyncStream<String>.makeStream()
    let task = scene.begin { client in
      for try await response in client.tickets.watch(request) {
        continuation.yield(response.hasEvent ? response.cursor : "mark \(response.cursor)")
      }
    }
    return (task, stream.makeAsyncIterator())
  }

  @Test func elementsComeInOrderWithMarks() async throws {
    try await Scene.play { scene in
      var (task, read) = Self.read(scene, Self.request("c0"))
      let server = await scene.network.accept()
      let call = try await server.call()
      #expect(call.header.timeoutMilliseconds == 0)
      #expect(call.header.idempotencyKey == nil)
      #expect(try call.request(as: WatchTicketsRequest.self) == Self.request("c0"))
      try await server.send(call, Self.event(1))
      try await server.send(call, Self.mark("m1"))
      try await server.send(call, Self.event(2))
      #expect(await read.next() == "c1")
      #expect(await read.next() == "mark m1")
      #expect(await read.next() == "c2")
      task.cancel()
      #expect(await failure(task) is CancellationError)
      #expect(try await server.event() == .cancelled(call.stream, .cancel))
    }
  }

  @Test func aLostConnectionIsResumedBehindTheLastElement() async throws {
    try await Scene.play([.connects, .connects]) { scene in
      var (task, read) = Self.read(scene)
      let lost = await scene.network.accept()
      let first = try await lost.call()
      try await lost.send(first, Self.event(1))
      try await lost.send(first, Self.mark("m1"))
      #expect(await read.next() == "c1")
      #expect(await read.next() == "mark m1")
      try await lost.drop()
      let server = await scene.network.accept()
      let second = try await server.call()
      #expect(try second.request(as: WatchTicketsRequest.self) == Self.request("m1"))
      #expect(second.header.attempt == 1)
      try await server.send(second, Self.event(2))
      #expect(await read.next() == "c2")
      task.cancel()
      _ = await failure(task)
    }
  }

  static let passing: [(String, Status)] = [
    ("the server drains", Status(.unavailable, reason: "DRAINING", retry: .notExecuted)),
    ("the store is away", Status(.unavailable, reason: "STORE_UNAVAILABLE", retry: .sameKey)),
    ("the reader was slow", Status(.resourceExhausted, reason: "SLOW_CONSUMER")),
    ("the server ended it in order", .ok),
  ]

  @Test(arguments: passing.indices) func whatPassesIsResumedFromTheServersCursor(_ index: Int) async throws {
    try await Scene.play { scene in
      var status = Self.passing[index].1
      var (task, read) = Self.read(scene)
      let server = await scene.network.accept()
      let first = try await server.call()
      try await server.send(first, Self.event(1))
      status.cursor = "resume here"
      try await server.refuse(first, status)
      #expect(await read.next() == "c1")
      let second = try await server.call()
      #expect(try second.request(as: WatchTicketsRequest.self).cursor == "resume here")
      #expect(scene.clock.pauses.isEmpty)
      task.cancel()
      _ = await failure(task)
    }
  }

  @Test(arguments: [
    ErrorReason.cursorInvalid, .cursorTooOld, .notPermitted, .queueNotFound, .unauthenticated, .tooManyWatches,
    .internal, .invalidField,
  ])
  func whatDoesNotPassEndsTheWatch(_ reason: ErrorReason) async throws {
    try await Scene.play { scene in
      let (task, _) = Self.read(scene)
      let server = await scene.network.accept()
      var status = Status(reason.code, reason: reason.rawValue, message: "no")
      status.cursor = "oldest"
      try await server.refuse(try await server.call(), status)
      let error = await clientError(task)
      #expect(error?.reason == reason)
      #expect(error?.cursor == "oldest")
    }
  }

  @Test func endsThatBringNothingAreFollowedByGrowingWaits() async throws {
    try await Scene.play { scene in
      let (task, _) = Self.read(scene)
      let server = await scene.network.accept()
      for _ in 0..<4 {
        try await server.refuse(
          try await server.call(), Status(.unavailable, reason: "STORE_UNAVAILABLE", retry: .sameKey))
      }
      _ = try await server.call()
      #expect(scene.clock.pauses == [100, 200, 400])
      task.cancel()
      _ = await failure(task)
    }
  }

  @Test func resumptionsThatBringNothingAreCounted() {
    var policy = WatchPolicy()
    let status = Status(.unavailable, reason: "STORE_UNAVAILABLE", retry: .sameKey)
    for _ in 0..<ClientLimits.fruitlessResumptions {
      guard case .resume = policy.decide(.ended(status), random: 0) else {
        Issue.record("gave up after \(policy.fruitless)")
        return
      }
    }
    #expect(policy.decide(.ended(status), random: 0) == .fail(ClientError(status)))
    policy.received()
    #expect(policy.decide(.ended(status), random: 0) == .resume(after: WireInterval(nanoseconds: 0)))
  }

  @Test func theServerWaitsForTheReader() async throws {
    try await Scene.play { scene in
      let isFirstRead = Signal<Void>()
      let goesOn = Signal<Int>()
      let reader = scene.begin { client in
        var iterator = client.tickets.watch(Self.request()).makeAsyncIterator()
        _ = try await iterator.next()
        isFirstRead.fulfil(())
        for _ in 0..<(await goesOn.value) { _ = try await iterator.next() }
      }
      let server = await scene.network.accept()
      let call = try await server.call()
      let long = WatchTicketsResponse.with {
        $0.event.reason = String(repeating: "x", count: 16_000)
        $0.cursor = "c"
      }
      let size = try (long.serializedBytes() as [UInt8]).count
      try await server.send(call, long)
      await isFirstRead.value
      // The reader is away: the server may send what the window still holds.
      var sent = 0
      while try await server.send(call, long) == .sent { sent += 1 }
      #expect(sent == WireLimits.standard.initialWindowBytes / size - 1)
      goesOn.fulfil(sent)
      #expect(try await server.event() == .writable(call.stream))
      try await reader.value
    }
  }

  @Test func lettingGoOfTheIteratorEndsTheWatch() async throws {
    try await Scene.play { scene in
      let task = scene.begin { client in
        for try await _ in client.tickets.watch(Self.request()) { break }
      }
      let server = await scene.network.accept()
      let call = try await server.call()
      try await server.send(call, Self.event(1))
      try await task.value
      #expect(try await server.event() == .cancelled(call.stream, .cancel))
      #expect(scene.client.runner.pool.state.withLock { $0.watches } == 0)
    }
  }
}
