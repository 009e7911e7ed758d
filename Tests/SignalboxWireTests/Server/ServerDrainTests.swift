import NIOCore
import SignalboxWire
import Testing

@Suite struct ServerDrainTests {
  private func connected() -> ServerHarness {
    let server = ServerHarness()
    server.receive(ServerConnectionTests.hello)
    return server
  }

  private func ack(_ server: ServerHarness) -> [UInt8] {
    let ping = server.frames.last { $0.type == "PING" }?.data?.bytes ?? []
    return [0, 0, 0, 8, 0, 0, 0, 0, 7, 1] + ping
  }

  @Test func drain() {
    let server = connected()
    server.receive(ServerConnectionTests.open(1))
    server.connection.beginDrain(at: server.now, retryAfterMilliseconds: 250)
    server.connection.beginDrain(at: server.now)
    server.turn()
    #expect(server.frames.map { $0.type ?? "" } == ["GOAWAY", "PING"])
    #expect(server.frames.first?.last == 0x7fff_ffff && server.frames.first?.retry_after_ms == 250)
    // A call that was under way is still taken.
    server.receive(ServerConnectionTests.open(3))
    #expect(server.callCount == 2)
    server.receive(ack(server))
    #expect(server.frames.last?.type == "GOAWAY" && server.frames.last?.last == 3)
    // One after the ACK is not.
    server.frames = []
    server.receive(ServerConnectionTests.open(5) + ServerConnectionTests.reset(5))
    #expect(server.callCount == 2 && server.frames.isEmpty && !server.isClosed)
    server.connection.end(1, status: .ok, message: nil)
    server.connection.handlerReturned(1)
    server.turn()
    #expect(!server.events.contains(.drained))
    server.connection.end(3, status: .ok, message: nil)
    server.connection.handlerReturned(3)
    server.turn()
    #expect(server.events.last == .drained)
    #expect(server.frames.map { $0.type ?? "" } == ["END", "END"])
  }

  @Test func anIdleConnectionIsDrainedAtOnce() {
    let server = connected()
    server.connection.beginDrain(at: server.now)
    server.turn()
    #expect(!server.events.contains(.drained))
    server.receive(ack(server))
    #expect(server.events.last == .drained)
  }

  @Test func aClientThatDoesNotAnswerIsNotWaitedFor() {
    let server = connected()
    server.connection.beginDrain(at: server.now)
    server.turn()
    server.wait(.milliseconds(4_999))
    #expect(!server.events.contains(.drained))
    server.wait(.milliseconds(1))
    #expect(server.events.last == .drained)
  }

  @Test func anotherAckIsNotTheOne() {
    let server = connected()
    server.connection.beginDrain(at: server.now)
    server.receive([0, 0, 0, 8, 0, 0, 0, 0, 7, 1, 1, 2, 3, 4, 5, 6, 7, 8])
    #expect(!server.events.contains(.drained))
  }

  /// What is left at the end of the grace period is told whether it may have been executed.
  @Test func theEndOfGrace() {
    let server = connected()
    server.receive(ServerConnectionTests.open(1) + ServerConnectionTests.open(3, flags: .more))
    server.connection.beginDrain(at: server.now)
    server.connection.finishDrain(at: server.now)
    server.turn()
    let ends = server.frames.filter { $0.type == "END" }
    #expect(ends.map { $0.reason ?? "" } == [WireReason.draining, WireReason.draining])
    #expect(ends.map { $0.retry ?? 9 } == [Retry.sameKey.rawValue, Retry.notExecuted.rawValue])
    #expect(server.frames.last?.last == 3)
    #expect(server.events.last == .close(.ended(.noError)))
    server.connection.handlerReturned(1)
    #expect(server.callCount == 0)
  }
}
