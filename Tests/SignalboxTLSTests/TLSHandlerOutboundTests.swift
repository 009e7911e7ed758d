import NIOCore
import NIOEmbedded
import SignalboxTLS
import Testing

/// From the inside to the socket.
@Suite struct TLSHandlerOutboundTests {
  @Test func writesShareARecord() throws {
    let setup = try HandlerSetup.make()
    for number in 0..<16 { setup.write([UInt8](repeating: UInt8(number), count: 120)) }
    #expect(setup.outside.writes == 0)
    setup.channel.flush()
    #expect(setup.outside.writes == 1 && setup.outside.flushes == 1)
    #expect(try setup.takeRecords() == [16 * 120 + 22])
    #expect(setup.client.received == (0..<16).flatMap { [UInt8](repeating: UInt8($0), count: 120) })
  }

  @Test func longFlushIsOneWriteOfFullRecords() throws {
    let setup = try HandlerSetup.make()
    setup.write([UInt8](repeating: 1, count: 40_000))
    setup.channel.flush()
    #expect(setup.outside.writes == 1 && setup.outside.flushes == 1)
    #expect(try setup.takeRecords() == [16_384 + 22, 16_384 + 22, 40_000 - 2 * 16_384 + 22])
  }

  @Test func gatheringIsBounded() throws {
    let setup = try HandlerSetup.make()
    let half = TLSHandler.gatherLimit / 2
    setup.write([UInt8](repeating: 1, count: half))
    #expect(setup.outside.writes == 0)
    setup.write([UInt8](repeating: 1, count: half))
    #expect(setup.outside.writes == 1 && setup.outside.flushes == 0)
    for _ in 0..<TLSHandler.gatherCountLimit - 1 { setup.write([]) }
    #expect(setup.outside.writes == 1)
    setup.write([])
    #expect(setup.outside.writes == 2)
    setup.channel.flush()
    #expect(setup.outside.flushes == 1)
  }

  @Test func promisesOfGatheredWritesAreKept() throws {
    let setup = try HandlerSetup.make()
    let promises = (0..<3).map { _ in setup.channel.eventLoop.makePromise(of: Void.self) }
    for promise in promises { setup.write([1], promise: promise) }
    setup.channel.flush()
    for promise in promises { #expect(succeeded(promise.futureResult) == true) }
    // Written but never flushed: the close fails it.
    let lost = setup.channel.eventLoop.makePromise(of: Void.self)
    setup.write([2], promise: lost)
    setup.channel.close(promise: nil)
    #expect(succeeded(lost.futureResult) == false)
    _ = try setup.takeRecords()
    #expect(setup.client.received == [1, 1, 1] && setup.client.closedByPeer)
  }

  @Test func writesBeforeTheHandshakeFail() throws {
    let setup = try HandlerSetup.make(settled: false)
    let promise = setup.channel.eventLoop.makePromise(of: Void.self)
    setup.write([1], promise: promise)
    setup.channel.flush()
    #expect(succeeded(promise.futureResult) == false)
    #expect(try setup.channel.readOutbound(as: ByteBuffer.self) == nil)
  }

  @Test func flushesOfATurnBecomeOne() throws {
    let setup = try HandlerSetup.make()
    setup.inside.onRead = { context, bytes in
      for byte in bytes.readableBytesView {
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: [byte])), promise: nil)
      }
    }
    setup.client.send([1, 2, 3, 4])
    try setup.channel.writeInbound(setup.client.takeOutput())
    #expect(setup.outside.writes == 1 && setup.outside.flushes == 1)
    #expect(try setup.takeRecords() == [4 + 22])
    #expect(setup.client.received == [1, 2, 3, 4])
  }
}
