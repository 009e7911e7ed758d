import NIOCore
import SignalboxWire
import Testing

@Suite struct ServerTimersTests {
  private func connected(_ hello: [UInt8] = ServerConnectionTests.hello) -> ServerHarness {
    let server = ServerHarness()
    server.receive(hello)
    return server
  }

  /// A peer that reads nothing: at 1 MiB it is borne, above for less than 30 s.
  @Test func aPeerThatDoesNotReadIsLeft() {
    let server = connected()
    server.receive(ServerConnectionTests.open(1))
    server.connection.unwritten(1 << 20, at: server.now)
    server.wait(.seconds(31))
    #expect(!server.isClosed)
    server.connection.unwritten(1 << 20 + 1, at: server.now)
    server.connection.unwritten(2 << 20, at: server.now + .seconds(20))
    server.wait(.milliseconds(29_999))
    // The keepalive PING is due in between; an answer keeps the peer alive.
    server.frames.removeAll { $0.type == "PING" }
    #expect(!server.isClosed && server.frames.isEmpty)
    server.receive([])
    server.wait(.milliseconds(1))
    #expect(server.isClosed)
    #expect(server.frames.map { $0.type ?? "" } == ["END", "GOAWAY"])
    #expect(server.frames.first?.reason == WireReason.slowConsumer)
    #expect(server.events.last == .close(.peerNotReading))
  }

  @Test func aPeerThatReadsAgainIsForgiven() {
    let server = connected()
    server.connection.unwritten(2 << 20, at: server.now)
    server.wait(.seconds(29))
    server.connection.unwritten(0, at: server.now)
    server.wait(.seconds(29))
    #expect(!server.isClosed)
  }

  @Test func aWatchThatIsNotReadIsReported() {
    let server = connected(ServerConnectionTests.smallHello())
    server.receive(ServerConnectionTests.open(1))
    #expect(server.send(0, count: 2_000, on: 1) == .queued)
    server.turn()
    server.wait(.milliseconds(29_999))
    #expect(!server.events.contains(.slowConsumer(1)))
    server.wait(.milliseconds(1))
    #expect(server.events.last == .slowConsumer(1))
    // It is told once.
    server.wait(.milliseconds(29_000))
    #expect(server.events.filter { $0 == .slowConsumer(1) }.count == 1)
    var status = Status(.resourceExhausted, reason: WireReason.slowConsumer)
    status.cursor = "c7"
    server.connection.end(1, status: status, message: nil, discardingQueued: true)
    server.connection.handlerReturned(1)
    server.turn()
    #expect(server.frames.last?.reason == WireReason.slowConsumer)
    #expect(server.callCount == 0)
  }

  @Test func creditStopsTheStallClock() {
    let server = connected(ServerConnectionTests.smallHello())
    server.receive(ServerConnectionTests.open(1))
    #expect(server.send(0, count: 9_000, on: 1) == .queued)
    server.turn()
    for _ in 0..<3 {
      server.wait(.seconds(29))
      server.receive(ServerConnectionTests.credit(1, 512))
    }
    #expect(!server.events.contains(.slowConsumer(1)))
  }

  @Test func theDeadlineOfAWaitingAnswerEndsIt() {
    let server = connected(ServerConnectionTests.smallHello())
    var encoder = FrameEncoder()
    encoder.open(
      1, CallHeader(method: ServerHarness.echo, timeoutMilliseconds: 1_000),
      message: ByteBuffer(repeating: 1, count: 9_000), flags: .endStream)
    server.receive(encoder.take(keepingStorage: false)?.bytes ?? [])
    #expect(server.callCount == 1)
    server.wait(.seconds(1))
    #expect(server.frames.last?.reason == WireReason.deadlineExceeded)
    #expect(server.callCount == 0)
    #expect(!server.events.contains(.deadlineExceeded(1)), "no handler is left to stop")
  }

  /// A driver that lost ten minutes has bytes to read before it judges the peer by its clock.
  @Test func aPauseOfOurOwnIsNotThePeersFault() {
    let server = connected()
    server.receive([UInt8](hex: "000000080000"))
    server.now = server.now + .seconds(600)
    server.connection.receive(ByteBuffer(bytes: [UInt8](hex: "000007003132333435363738")))
    server.connection.tick(at: server.now)
    server.turn()
    #expect(!server.isClosed)
    #expect(server.frames.contains { $0.ack == true })
  }

  @Test func noTimerAfterTheEnd() {
    let server = connected()
    #expect(server.connection.nextTimer != nil)
    server.connection.close(.unauthenticated, text: "the certificate was revoked")
    server.turn()
    #expect(server.connection.nextTimer == nil)
    #expect(server.frames.map { $0.code ?? 0 } == [GoAwayCode.unauthenticated.rawValue])
    server.receive(ServerConnectionTests.open(1))
    #expect(server.callCount == 0)
    #expect(server.events.last == .close(.ended(.unauthenticated)))
  }
}
