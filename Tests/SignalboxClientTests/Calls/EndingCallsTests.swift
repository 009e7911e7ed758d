import NIOCore
import NIOEmbedded
import SignalboxProtocol
import SignalboxWire
import Synchronization
import Testing

@testable import SignalboxClient

/// Cancellation, deadlines, and a client that stops.
@Suite struct EndingCallsTests {
  @Test func aCancelledTaskResetsItsCall() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.tickets.create(CreateTicketRequest()) }
      let server = await scene.network.accept()
      let received = try await server.call()
      call.cancel()
      #expect(await failure(call) is CancellationError)
      #expect(try await server.event() == .cancelled(received.stream, .cancel))
    }
  }

  @Test func aTaskThatIsCancelledBeforehandSendsNothing() async throws {
    try await Scene.play { scene in
      let gate = Signal<Void>()
      let call = scene.begin { client in
        await gate.value
        return try await client.system.ping()
      }
      call.cancel()
      gate.fulfil(())
      #expect(await failure(call) is CancellationError)
      let other = scene.begin { try await $0.system.describe() }
      let server = await scene.network.accept()
      let received = try await server.call()
      #expect(received.header.method == SignalboxProtocol.Method.describe.rawValue)
      try await server.answer(received, DescribeResponse())
      _ = try await other.value
    }
  }

  @Test func timeRunsOutOnTheClientToo() async throws {
    try await Scene.play { scene in
      var options = CallOptions()
      options.timeout = .seconds(2)
      let given = options
      let call = scene.begin { try await $0.tickets.take(TakeTicketRequest(), options: given) }
      let server = await scene.network.accept()
      let received = try await server.call()
      #expect(received.header.timeoutMilliseconds == 2_000)
      await scene.clock.loop.advanceTime(by: .milliseconds(2_009))
      #expect(scene.client.runner.pool.state.withLock { $0.members.map(\.load) } == [1])
      await scene.clock.loop.advanceTime(by: .milliseconds(1))
      #expect(await clientError(call)?.reason == .deadlineExceeded)
      #expect(scene.clock.pauses.isEmpty)
    }
  }

  @Test func aRetryHasTheTimeThatIsLeft() async throws {
    try await Scene.play { scene in
      var options = CallOptions()
      options.timeout = .seconds(10)
      let given = options
      let call = scene.begin { try await $0.tickets.take(TakeTicketRequest(), options: given) }
      let server = await scene.network.accept()
      let first = try await server.call()
      await scene.clock.loop.advanceTime(by: .seconds(4))
      try await server.refuse(first, Status(.unavailable, reason: "STORE_UNAVAILABLE", retry: .sameKey))
      let second = try await server.call()
      #expect(second.header.timeoutMilliseconds == 6_000)
      try await server.answer(second, TicketChangeResponse())
      _ = try await call.value
    }
  }

  @Test func aCallThatFoundNoConnectionInTimeSaysWhy() async throws {
    let refused = IOError(errnoCode: 111, reason: "connect")
    try await Scene.play([.fails(refused), .hangs]) { scene in
      while scene.clock.pauses.isEmpty { await Task.yield() }
      let call = scene.begin { try await $0.system.ping() }
      let pool = scene.client.runner.pool
      while pool.state.withLock({ $0.waiters.isEmpty }) { await Task.yield() }
      // The alarm is set right after joining the line.
      while pool.state.withLock({ !$0.waiters.isEmpty }) { await scene.clock.loop.advanceTime(by: .seconds(30)) }
      let error = await clientError(call)
      #expect(error?.code == .unavailable)
      #expect(error?.message == "connection to signalbox.example:7443 refused; is signalboxd running there?")
    }
  }

  @Test func callsFailOnceTheClientHasStopped() async throws {
    let time = TestClock()
    let network = TestNetwork(time.loop, [.connects])
    let client = SignalboxClient(ClientConfiguration(host: "h", port: 1), clock: time.clock) { network.transport }
    try await client.running { _ in }
    #expect(await clientError(Task { try await client.system.ping() }) == .stopped)
    #expect(await clientError(Task { try await client.run() })?.code == .failedPrecondition)
    network.close()
  }

  @Test func whatCannotBeConfiguredIsSaidByEveryCall() async throws {
    var configuration = ClientConfiguration(host: "localhost", port: 7443)
    configuration.trustRootsPath = "/nowhere/ca.pem"
    let call = Task { [configuration] in
      try await SignalboxClient.withClient(configuration) { try await $0.system.ping() }
    }
    let error = await clientError(call)
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("`/nowhere/ca.pem`") == true)
  }

  @Test func aStopLetsCallsFinish() async throws {
    let time = TestClock()
    let network = TestNetwork(time.loop, [.connects])
    let client = SignalboxClient(ClientConfiguration(host: "h", port: 1), clock: time.clock) { network.transport }
    let running = Task { try await client.run() }
    let call = Task { try await client.system.ping() }
    let server = await network.accept()
    let received = try await server.call()
    client.runner.pool.stop(.leave)
    #expect(try await server.event() == .clientLeaving(.noError))
    try await server.answer(received, PingResponse())
    _ = try await call.value
    try await running.value
    try await server.closed()
    network.close()
  }

  @Test func cancellingTheClientEndsCallsAtOnce() async throws {
    let time = TestClock()
    let network = TestNetwork(time.loop, [.connects])
    let client = SignalboxClient(ClientConfiguration(host: "h", port: 1), clock: time.clock) { network.transport }
    let running = Task { try await client.run() }
    let call = Task { try await client.system.ping() }
    let server = await network.accept()
    _ = try await server.call()
    running.cancel()
    try await running.value
    let error = await clientError(call)
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("has stopped") == true)
    network.close()
  }
}
