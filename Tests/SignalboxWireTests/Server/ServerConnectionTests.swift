import NIOCore
import SignalboxWire
import Testing

@Suite struct ServerConnectionTests {
  static let hello = [UInt8](hex: "0000000400000000010053425831")

  static func open(_ id: UInt32, _ method: UInt32 = ServerHarness.hold, flags: Frame.Flags = .endStream) -> [UInt8] {
    var encoder = FrameEncoder()
    encoder.open(StreamID(id), CallHeader(method: method), message: ByteBuffer(string: "hi"), flags: flags)
    return encoder.take(keepingStorage: false)?.bytes ?? []
  }

  static func reset(_ id: UInt32) -> [UInt8] {
    var encoder = FrameEncoder()
    encoder.reset(StreamID(id), .cancel)
    return encoder.take(keepingStorage: false)?.bytes ?? []
  }

  static func credit(_ id: UInt32, _ bytes: Int) -> [UInt8] {
    var encoder = FrameEncoder()
    encoder.credit(StreamID(id), bytes)
    return encoder.take(keepingStorage: false)?.bytes ?? []
  }

  static func smallHello() -> [UInt8] {
    var hello = Hello()
    hello.maxFrame = 4_096
    hello.initialWindow = 1_024
    hello.maxMessage = 10_000
    var encoder = FrameEncoder()
    encoder.hello(hello)
    return encoder.take(keepingStorage: false)?.bytes ?? []
  }

  private func connected(_ hello: [UInt8] = hello, _ limits: WireLimits = .standard) -> ServerHarness {
    let server = ServerHarness(limits)
    server.receive(hello)
    return server
  }

  @Test func announcesWhatItEnforces() throws {
    var limits = WireLimits()
    limits.maxStreams = 7
    limits.maxFrameBytes = 100
    var connection = ServerConnection(limits: limits, hello: Hello(), now: WireInstant(nanoseconds: 0))
    var output = connection.takeOutbound() ?? ByteBuffer()
    output.moveReaderIndex(forwardBy: 14)
    let hello = try #require(Hello(decoding: output))
    let enforced = connection.limits.maxFrameBytes
    #expect(hello.maxStreams == 7)
    #expect(hello.maxFrame == 16_384 && enforced == 16_384)
  }

  /// A client that cancels does not get its slot back before the handler has returned, and is not blamed.
  @Test func cancelledHandlersKeepTheirSlots() {
    let server = connected()
    server.returnsOnCancel = false
    for index in 0..<128 { server.receive(ServerConnectionTests.open(UInt32(index) * 2 + 1)) }
    for index in 0..<4 { server.receive(ServerConnectionTests.reset(UInt32(index) * 2 + 1)) }
    #expect(server.callCount == 128)
    for index in 128..<132 { server.receive(ServerConnectionTests.open(UInt32(index) * 2 + 1)) }
    #expect(server.frames.map { $0.code ?? 0 } == [2, 2, 2, 2])
    #expect(!server.isClosed)
    server.frames = []
    server.connection.handlerReturned(1)
    server.receive(ServerConnectionTests.open(301, ServerHarness.echo))
    #expect(server.frames.map { $0.type ?? "" } == ["END"])
  }

  /// Streams opened and reset without end stop being read after 200, however many handlers linger.
  @Test func rapidResetIsEnded() {
    let server = connected()
    server.returnsOnCancel = false
    var id: UInt32 = 1
    while !server.isClosed, id < 2_000 {
      server.receive(ServerConnectionTests.open(id) + ServerConnectionTests.reset(id))
      id += 2
    }
    let handlers = server.events.filter { if case .call = $0 { true } else { false } }.count
    #expect(handlers == 128)
    #expect(server.frames.last?.code == GoAwayCode.calm.rawValue)
  }

  @Test func anEndAfterTheEndIsIgnored() {
    let server = connected()
    server.receive(ServerConnectionTests.open(1))
    server.connection.end(1, status: .ok, message: nil)
    server.connection.end(1, status: .ok, message: nil)
    #expect(server.send(0, count: 0, on: 1) == .gone)
    server.connection.end(99, status: .ok, message: nil)
    server.connection.handlerReturned(99)
    server.connection.consumed(5, on: 99)
    server.turn()
    #expect(server.frames.count == 1)
    #expect(server.callCount == 1)
    server.connection.handlerReturned(1)
    #expect(server.callCount == 0)
  }

  @Test func aHandlerThatForgetsTheEndIsAnInternalFault() {
    let server = connected()
    server.receive(ServerConnectionTests.open(1))
    server.connection.handlerReturned(1)
    server.turn()
    #expect(server.frames.first?.type == "RESET" && server.frames.first?.code == ResetCode.internal.rawValue)
    #expect(server.callCount == 0)
  }

  @Test func sendTellsWhenToStop() {
    let server = connected(ServerConnectionTests.smallHello())
    server.receive(ServerConnectionTests.open(1))
    #expect(server.send(1, count: 1_000, on: 1) == .sent)
    #expect(server.send(2, count: 100, on: 1) == .queued)
    #expect(server.send(3, count: 1, on: 1) == .full)
    #expect(server.send(4, count: 10_001, on: 1) == .full)
    server.turn()
    #expect(server.frames.map { $0.message?.bytes.count ?? -1 } == [1_000, 24])
    server.receive(ServerConnectionTests.credit(1, 1_000))
    #expect(server.frames.last?.message?.bytes.count == 76)
    #expect(server.events.last == .writable(1))
    #expect(server.send(4, count: 10_001, on: 1) == .tooLarge)
    #expect(server.send(4, count: 924, on: 1) == .sent)
    #expect(server.send(0, count: 0, on: 1) == .sent)
  }

  @Test func theEndWaitsForWhatIsQueuedOrDiscardsIt() {
    for discards in [false, true] {
      let server = connected(ServerConnectionTests.smallHello())
      server.receive(ServerConnectionTests.open(1))
      #expect(server.send(1, count: 2_000, on: 1) == .queued)
      server.turn()
      server.connection.end(1, status: .ok, message: ByteBuffer(string: "x"), discardingQueued: discards)
      server.connection.handlerReturned(1)
      #expect(server.send(0, count: 0, on: 1) == .gone)
      server.turn()
      #expect(server.frames.count == (discards ? 2 : 1))
      #expect(server.callCount == (discards ? 0 : 1))
      server.receive(ServerConnectionTests.credit(1, 4_000))
      #expect(server.frames.map { $0.type ?? "" } == (discards ? ["MSG", "END"] : ["MSG", "MSG", "END"]))
      #expect(server.callCount == 0)
    }
  }

  @Test func anAnswerOverTheClientsLimitIsARefusal() {
    let server = connected(ServerConnectionTests.smallHello())
    server.receive(ServerConnectionTests.open(1))
    server.connection.end(1, status: .ok, message: ByteBuffer(repeating: 0, count: 10_001))
    server.turn()
    #expect(server.frames.first?.reason == WireReason.messageTooLarge)
    #expect(server.frames.first?.no_message == true)
  }

  @Test func aLargeStatusIsCutToFit() {
    let server = connected(ServerConnectionTests.smallHello())
    server.receive(ServerConnectionTests.open(1) + ServerConnectionTests.open(3))
    var status = Status(.invalidArgument, reason: "INVALID_FIELD", message: String(repeating: "é", count: 3_000))
    status.violations = Array(repeating: FieldViolation(field: "f", description: "d"), count: 1_000)
    status.cursor = "c"
    server.connection.end(1, status: status, message: nil)
    status.cursor = String(repeating: "c", count: 5_000)
    status.reason = String(repeating: "r", count: 5_000)
    server.connection.end(3, status: status, message: nil)
    server.turn()
    #expect(server.frames.map { $0.code ?? 0 } == [3, 3])
    #expect(server.frames.first?.reason == "INVALID_FIELD")
  }

  @Test func largeAnswersTakeTurns() {
    let server = connected()
    server.receive(ServerConnectionTests.open(1) + ServerConnectionTests.open(3))
    for id: StreamID in [1, 3] {
      server.connection.end(id, status: .ok, message: ByteBuffer(repeating: 0, count: 100_000))
    }
    server.connection.end(5, status: .ok, message: nil)
    server.turn()
    #expect(server.frames.prefix(4).map { $0.stream ?? 0 } == [1, 3, 1, 3])
    #expect(server.frames.count == 14)
  }

  @Test func memoryCanBeTakenBack() {
    let server = connected()
    server.receive(ServerConnectionTests.open(1, flags: .more) + ServerConnectionTests.open(3))
    #expect(server.connection.assemblyBytes == 2)
    let shed = server.connection.shedIncomplete()
    #expect(shed == 2)
    server.turn()
    #expect(server.frames.map { $0.stream ?? 0 } == [1])
    #expect(server.frames.first?.code == ResetCode.refused.rawValue)
    #expect(server.connection.assemblyBytes == 0 && server.connection.callCount == 1)
  }

  @Test(arguments: [0, 1])
  func incompleteMessagesHaveALimit(extra: Int) {
    var limits = WireLimits()
    limits.maxAssemblyBytes = 4
    let server = connected(ServerConnectionTests.hello, limits)
    server.receive(ServerConnectionTests.open(1, flags: .more) + ServerConnectionTests.open(3, flags: .more))
    #expect(server.frames.isEmpty)
    var encoder = FrameEncoder()
    encoder.message(1, ByteBuffer(repeating: 0, count: extra), flags: .more)
    server.receive(encoder.take(keepingStorage: false)?.bytes ?? [])
    #expect(server.frames.map { $0.code ?? 0 } == (extra == 0 ? [] : [ResetCode.refused.rawValue]))
  }

  @Test func refusedCallsWereNotExecuted() {
    let server = connected()
    server.receive(ServerConnectionTests.open(1))
    server.connection.refuse(1)
    server.turn()
    #expect(server.frames.first?.code == ResetCode.refused.rawValue)
    #expect(server.callCount == 0)
  }

  @Test func anUnusableTraceIsDropped() {
    let traces = [
      ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true),
      ("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false),
      ("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false),
      ("00-4BF92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false),
      ("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false),
      ("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01", false), ("x", false),
    ]
    for (trace, isKept) in traces {
      let server = connected()
      var header = CallHeader(method: ServerHarness.hold)
      header.traceparent = trace
      var encoder = FrameEncoder()
      encoder.open(1, header, message: ByteBuffer(), flags: .endStream)
      server.receive(encoder.take(keepingStorage: false)?.bytes ?? [])
      guard case .call(_, let seen, _, _)? = server.events.last else {
        Issue.record("no call for \(trace)")
        continue
      }
      #expect(seen.traceparent == (isKept ? trace : ""))
    }
  }
}
