import NIOCore
import NIOEmbedded
import SignalboxTLS
import Testing

/// From the socket to the inside.
@Suite struct TLSHandlerInboundTests {
  @Test func recordsOfATurnComeAsOneBuffer() throws {
    let setup = try HandlerSetup.make()
    setup.inside.clear()
    for number in 0..<10 { setup.client.send([UInt8(number)]) }
    try setup.channel.writeInbound(setup.client.takeOutput())
    #expect(setup.inside.seen == [.read(Array(0..<10)), .readComplete])
  }

  @Test func turnEndsAfterSixteenRecords() throws {
    let setup = try HandlerSetup.make()
    setup.inside.clear()
    setup.inside.onComplete = { $0.read() }
    for number in 0..<40 { setup.client.send([UInt8(number)]) }
    try setup.channel.writeInbound(setup.client.takeOutput())
    // The rest has not been decrypted, and the socket has not been asked for more.
    #expect(setup.inside.seen == [.read(Array(0..<16)), .readComplete])
    #expect(setup.outside.reads == 0)
    setup.channel.embeddedEventLoop.run()
    #expect(
      setup.inside.seen == [
        .read(Array(0..<16)), .readComplete, .read(Array(16..<32)), .readComplete, .read(Array(32..<40)), .readComplete,
      ])
    #expect(setup.outside.reads == 1)
  }

  @Test func channelThatReadsByItselfIsAskedAgain() throws {
    let setup = try HandlerSetup.make()
    for number in 0..<40 { setup.client.send([UInt8(number)]) }
    try setup.channel.writeInbound(setup.client.takeOutput())
    // What a channel with auto-read does once, after it has read from the socket.
    setup.channel.read()
    setup.channel.embeddedEventLoop.run()
    #expect(setup.inside.read == Array(0..<40))
    #expect(setup.outside.reads >= 1)
  }

  /// Lets a number of reads through.
  final class Gate: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    var open = false
    func read(context: ChannelHandlerContext) { if open { context.read() } }
  }

  @Test func nothingIsReadForAnInsideThatDoesNotAsk() throws {
    let setup = try HandlerSetup.make()
    let gate = Gate()
    try setup.channel.pipeline.syncOperations.addHandler(gate)
    setup.inside.clear()
    // One read was granted by the set-up.
    for number in 0..<40 { setup.client.send([UInt8(number)]) }
    try setup.channel.writeInbound(setup.client.takeOutput())
    setup.channel.read()
    setup.channel.embeddedEventLoop.run()
    #expect(setup.inside.read == Array(0..<16))
    #expect(setup.outside.reads == 0)
    // What comes all the same waits as well.
    setup.client.send([40])
    try setup.channel.writeInbound(setup.client.takeOutput())
    #expect(setup.inside.read == Array(0..<16))
    gate.open = true
    setup.channel.read()
    setup.channel.embeddedEventLoop.run()
    #expect(setup.inside.read == Array(0..<41))
    #expect(setup.outside.reads >= 1)
  }

  @Test func partOfARecordIsReadOn() throws {
    let setup = try HandlerSetup.make()
    setup.inside.clear()
    setup.client.send([1, 2, 3])
    var bytes = setup.client.takeOutput()
    let head = bytes.readSlice(length: 10)
    try setup.channel.writeInbound(try #require(head))
    #expect(setup.inside.seen.isEmpty)
    #expect(setup.outside.reads == 1)
    try setup.channel.writeInbound(bytes)
    #expect(setup.inside.seen == [.read([1, 2, 3]), .readComplete])
    #expect(setup.outside.reads == 1)
  }

  @Test func unreadBytesAreBounded() throws {
    let setup = try HandlerSetup.make()
    try setup.channel.pipeline.syncOperations.addHandler(Gate())
    setup.client.send([1])
    try setup.channel.writeInbound(setup.client.takeOutput())
    let piece = ByteBuffer(repeating: 0x17, count: TLSHandler.unreadLimit / 4)
    for _ in 0..<4 { try setup.channel.writeInbound(piece) }
    #expect(setup.channel.isActive)
    try setup.channel.writeInbound(ByteBuffer(bytes: [1]))
    #expect(setup.inside.seen.contains(.error(.overload)))
    #expect(!setup.channel.isActive)
  }
}
