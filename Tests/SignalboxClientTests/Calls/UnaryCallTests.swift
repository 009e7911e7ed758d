import FoundationEssentials
import NIOCore
import NIOEmbedded
import SignalboxProtocol
import SignalboxWire
import SwiftProtobuf
import Synchronization
import Testing

@testable import SignalboxClient

@Suite struct UnaryCallTests {
  @Test func aCallIsAnswered() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.system.ping([1, 2, 3]) }
      let server = await scene.network.accept()
      let received = try await server.call()
      #expect(received.header.method == SignalboxProtocol.Method.ping.rawValue)
      #expect(received.header.timeoutMilliseconds == 30_000)
      #expect(received.header.idempotencyKey == nil)
      #expect(received.header.attempt == 0)
      let request: PingRequest = try received.request()
      try await server.answer(received, PingResponse.with { $0.payload = request.payload })
      #expect(try await call.value.payload == Data([1, 2, 3]))
    }
  }

  @Test func theHeaderSaysWhatTheOptionsSay() async throws {
    try await Scene.play(configure: { $0.tenant = "access" }) { scene in
      var options = CallOptions()
      options.timeout = .milliseconds(1_500)
      options.idempotencyKey = [9, 8, 7]
      options.dryRun = true
      options.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      let given = options
      let call = scene.begin { try await $0.tickets.create(CreateTicketRequest(), options: given) }
      let server = await scene.network.accept()
      let received = try await server.call()
      #expect(received.header.timeoutMilliseconds == 1_500)
      #expect(received.key == [9, 8, 7])
      #expect(received.header.dryRun)
      #expect(received.header.traceparent == given.traceparent)
      #expect(received.header.metadata == [Metadata(key: "tenant", value: "access")])
      try await server.answer(received, CreateTicketResponse.with { $0.number = 4711 })
      #expect(try await call.value.number == 4711)
    }
  }

  @Test func theHelloSaysWhoSpeaks() async throws {
    try await Scene.play(configure: {
      $0.token = "sbt_secret"
      $0.software = "test 1"
    }) { scene in
      let server = await scene.network.accept()
      guard case .hello(let hello) = try await server.event() else {
        Issue.record("HELLO comes first")
        return
      }
      #expect(hello.token == "sbt_secret")
      #expect(hello.software == "test 1")
    }
  }

  @Test func everyChangeHasAKeyOfItsOwn() async throws {
    try await Scene.play { scene in
      let server = Task { await scene.network.accept() }
      var keys: [[UInt8]] = []
      for _ in 0..<3 {
        let call = scene.begin { try await $0.tickets.take(TakeTicketRequest()) }
        let received = try await server.value.call()
        keys.append(try #require(received.key))
        try await server.value.answer(received, TicketChangeResponse())
        _ = try await call.value
      }
      #expect(Set(keys).count == 3)
      #expect(keys.allSatisfy { $0.count == 16 && $0[6] >> 4 == 7 })
    }
  }

  @Test(arguments: [0, 65]) func aKeyOfTheWrongLengthIsNotSent(count: Int) async throws {
    try await Scene.play { scene in
      var options = CallOptions()
      options.idempotencyKey = Array(repeating: 1, count: count)
      let given = options
      let error = await clientError(scene.begin { try await $0.tickets.take(TakeTicketRequest(), options: given) })
      #expect(error?.reason == .keyRequired)
    }
  }

  @Test func manyCallsAreAnsweredInAnyOrder() async throws {
    try await Scene.play { scene in
      let calls = (UInt8(0)..<100).map { number in
        scene.begin { try await $0.system.ping([number]).payload }
      }
      let server = await scene.network.accept()
      var received: [ScriptedServer.Call] = []
      for _ in calls { received.append(try await server.call()) }
      for call in received.reversed() {
        let request: PingRequest = try call.request()
        try await server.answer(call, PingResponse.with { $0.payload = request.payload })
      }
      for (number, call) in calls.enumerated() { #expect(try await call.value == Data([UInt8(number)])) }
    }
  }

  @Test func callsThatComeTogetherCostOneTurnAndOneWrite() async throws {
    try await Scene.play { scene in
      let server = await scene.network.accept()
      _ = try await server.event()
      let members = scene.client.runner.pool.state.withLock { $0.members.map(\.handle) }
      let connection = try #require(members.first)
      let header = CallHeader(method: SignalboxProtocol.Method.ping.rawValue)
      let outcomes = (0..<100).map { _ in Signal<CallOutcome>() }
      try await scene.clock.loop.executeInContext {
        // While the loop is held, nothing is taken from the inbox.
        for outcome in outcomes {
          let call = PendingCall(header, message: ByteBuffer(), deadline: .never, receiver: .single(outcome))
          #expect(connection.submit(.open(call)) == .taken)
        }
      }
      for _ in outcomes { try await server.answer(try await server.call(), PingResponse()) }
      for outcome in outcomes { #expect(await outcome.value == .answered(ByteBuffer())) }
      // HELLO, and all the calls.
      #expect(await server.reads == 2)
    }
  }

  @Test(arguments: [100, 20_000, 900_000]) func longMessagesGoBothWays(count: Int) async throws {
    try await Scene.play { scene in
      let payload = [UInt8](repeating: 7, count: count)
      let call = scene.begin { try await $0.system.ping(payload).payload }
      let server = await scene.network.accept()
      let received = try await server.call()
      let request: PingRequest = try received.request()
      #expect(request.payload.count == count)
      let answer = Task { try await server.answer(received, PingResponse.with { $0.payload = request.payload }) }
      let credit = Task { while true { _ = try await server.event() } }
      try await answer.value
      #expect(try await call.value.count == count)
      credit.cancel()
    }
  }

  @Test func anAnswerAheadOfTheEndCounts() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.system.ping() }
      let server = await scene.network.accept()
      let received = try await server.call()
      try await server.send(received, PingResponse.with { $0.payload = Data([5]) })
      try await server.answer(received, bytes: nil)
      #expect(try await call.value.payload == Data([5]))
    }
  }

  @Test func aSecondAnswerIsRefused() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.system.ping() }
      let server = await scene.network.accept()
      let received = try await server.call()
      try await server.send(received, PingResponse())
      try await server.send(received, PingResponse())
      #expect(await clientError(call)?.reason == .protocolViolation)
    }
  }

  @Test func noAnswerIsAnError() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.system.ping() }
      let server = await scene.network.accept()
      try await server.answer(try await server.call(), bytes: nil)
      #expect(await clientError(call)?.code == .internal)
    }
  }

  @Test func anAnswerThatDoesNotDecodeIsAnError() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.system.ping() }
      let server = await scene.network.accept()
      try await server.answer(try await server.call(), bytes: [0xff])
      let error = await clientError(call)
      #expect(error?.reason == .malformedMessage)
      #expect(error?.message.contains("signalbox.v1.System/Ping") == true)
    }
  }

  @Test func aRequestOverTheServersLimitIsNotSent() async throws {
    try await Scene.play { scene in
      let call = scene.begin { try await $0.system.ping([UInt8](repeating: 0, count: 2 << 20)) }
      let server = await scene.network.accept()
      _ = try await server.event()
      #expect(await clientError(call)?.reason == .messageTooLarge)
    }
  }
}
