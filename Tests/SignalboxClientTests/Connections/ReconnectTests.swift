import NIOCore
import NIOEmbedded
import SignalboxProtocol
import SignalboxWire
import Synchronization
import Testing

@testable import SignalboxClient

/// GOAWAY, lost connections, and waiting for a server that comes back.
@Suite struct ReconnectTests {
  @Test func aDrainFinishesCallsAndMovesOn() async throws {
    try await Scene.play([.connects, .connects]) { scene in
      let early = scene.begin { try await $0.system.ping([1]) }
      let old = await scene.network.accept()
      let first = try await old.call()
      let members = { scene.client.runner.pool.state.withLock { $0.members.map(\.handle) } }
      let oldHandle = try #require(members().first)
      try await old.drain()
      #expect(!members().contains { $0 === oldHandle })
      let new = await scene.network.accept()
      let late = scene.begin { try await $0.system.ping([2]) }
      let second = try await new.call()
      try await new.answer(second, PingResponse())
      _ = try await late.value
      try await old.answer(first, PingResponse())
      _ = try await early.value
      try await old.closed()
      #expect(second.header.attempt == 0)
    }
  }

  @Test func whatIsAboveTheLastStreamGoesToAnotherConnection() async throws {
    try await Scene.play([.connects, .connects]) { scene in
      let call = scene.begin { try await $0.tickets.create(CreateTicketRequest()) }
      let old = await scene.network.accept()
      let first = try await old.call()
      _ = try? await old.goAway(last: 0)
      let new = await scene.network.accept()
      let second = try await new.call()
      #expect(second.header.attempt == 1)
      #expect(second.key == first.key)
      try await new.answer(second, CreateTicketResponse())
      _ = try await call.value
    }
  }

  @Test func waitsGrowWhileTheServerIsAway() async throws {
    let refused = IOError(errnoCode: 111, reason: "connect")
    let attempts: [TestNetwork.Attempt] = [.connects] + Array(repeating: .fails(refused), count: 9) + [.connects]
    try await Scene.play(attempts) { scene in
      let first = scene.begin { try await $0.system.ping() }
      let old = await scene.network.accept()
      try await old.answer(try await old.call(), PingResponse())
      _ = try await first.value
      try await old.drop()
      // Once a server was there, calls wait for it.
      let second = scene.begin { try await $0.system.ping() }
      let new = await scene.network.accept()
      try await new.answer(try await new.call(), PingResponse())
      _ = try await second.value
      #expect(scene.clock.pauses == [100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000])
    }
  }

  @Test func aGoodConnectionThatDrainsIsReplacedAtOnce() async throws {
    try await Scene.play([.connects, .connects]) { scene in
      let call = scene.begin { try await $0.system.ping() }
      let old = await scene.network.accept()
      try await old.answer(try await old.call(), PingResponse())
      _ = try await call.value
      await scene.clock.loop.advanceTime(by: .seconds(11))
      try await old.drain()
      _ = await scene.network.accept()
      #expect(scene.clock.pauses.isEmpty)
    }
  }

  @Test func aServerThatWantsToBeLeftAloneIs() async throws {
    try await Scene.play([.connects, .connects]) { scene in
      let call = scene.begin { try await $0.system.ping() }
      let old = await scene.network.accept()
      try await old.answer(try await old.call(), PingResponse())
      _ = try await call.value
      try await old.goAway(.calm)
      _ = await scene.network.accept()
      #expect(scene.clock.pauses == [30_000])
    }
  }

  /// A limit of connections is met: the server names it, and the caller hears it.
  @Test func whoIsTurnedAwayHearsWhy() async throws {
    try await Scene.play([.connects]) { scene in
      let call = scene.begin { client in
        var options = CallOptions()
        options.timeout = .seconds(5)
        return try await client.system.ping(options: options)
      }
      let server = await scene.network.accept()
      _ = try await server.call()
      try await server.goAway(
        last: 0, .calm, retryAfterMilliseconds: 10_000, reason: "the tenant has 1 connections, its quota is 1")
      let error = await clientError(call)
      #expect(error?.message == "the tenant has 1 connections, its quota is 1")
      #expect(error?.retryAfter == .seconds(10))
    }
  }

  @Test func beforeAnyServerWasThereAFailureIsTold() async throws {
    let refused = IOError(errnoCode: 111, reason: "connect")
    let time = TestClock()
    let network = TestNetwork(time.loop, [.fails(refused)])
    let client = SignalboxClient(ClientConfiguration(host: "localhost", port: 7443), clock: time.clock) {
      network.transport
    }
    // The call waits before the first attempt is made.
    let call = Task { try await client.system.ping() }
    while client.runner.pool.state.withLock({ $0.waiters.isEmpty }) { await Task.yield() }
    let running = Task { try await client.run() }
    let error = await clientError(call)
    #expect(
      error
        == ClientError(
          code: .unavailable, message: "connection to localhost:7443 refused; is signalboxd running there?"))
    running.cancel()
    try await running.value
    network.close()
  }

  @Test func aServersLimitOnCallsIsKept() async throws {
    try await Scene.play { scene in
      var limits = WireLimits.standard
      limits.maxStreams = 1
      let first = scene.begin { try await $0.system.ping([1]) }
      let server = await scene.network.accept(limits: limits)
      let one = try await server.call()
      let second = scene.begin { try await $0.system.ping([2]) }
      while scene.client.runner.pool.state.withLock({ $0.waiters.isEmpty }) {
        await Task.yield()
      }
      try await server.answer(one, PingResponse())
      _ = try await first.value
      let two = try await server.call()
      #expect(two.header.attempt == 0)
      try await server.answer(two, PingResponse())
      _ = try await second.value
      #expect(scene.client.runner.pool.state.withLock { $0.members.map(\.capacity) } == [1])
    }
  }

  @Test func keepaliveFindsAServerThatIsGone() async throws {
    try await Scene.play([.connects, .connects]) { scene in
      let call = scene.begin { try await $0.system.ping() }
      let silent = await scene.network.accept()
      try await silent.answer(try await silent.call(), PingResponse())
      _ = try await call.value
      await scene.clock.loop.advanceTime(by: .seconds(30))
      await scene.clock.loop.advanceTime(by: .seconds(10))
      try await silent.closed()
      _ = await scene.network.accept()
    }
  }
}
