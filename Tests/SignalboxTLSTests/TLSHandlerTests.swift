import NIOCore
import NIOEmbedded
import SignalboxTLS
import Testing

/// The handler on a server's channel without a socket; the client is a bare engine.
@Suite struct TLSHandlerTests {
  let certificates: Certificates

  init() throws { certificates = try Certificates.shared.get() }

  /// What the inside saw, in order.
  final class Inside: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    enum Seen: Equatable {
      case active, inactive, readComplete
      case read([UInt8])
      case event(TLSEvent)
      case error(TLSError.Code)
    }
    var seen: [Seen] = []
    /// Runs on each read.
    var onRead: (ChannelHandlerContext, ByteBuffer) -> Void = { _, _ in }
    var onComplete: (ChannelHandlerContext) -> Void = { _ in }

    func channelActive(context: ChannelHandlerContext) { seen.append(.active) }
    func channelInactive(context: ChannelHandlerContext) { seen.append(.inactive) }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = unwrapInboundIn(data)
      seen.append(.read(Array(bytes.readableBytesView)))
      onRead(context, bytes)
    }
    func channelReadComplete(context: ChannelHandlerContext) {
      seen.append(.readComplete)
      onComplete(context)
    }
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if let event = event as? TLSEvent { seen.append(.event(event)) }
    }
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      if let error = error as? TLSError { seen.append(.error(error.code)) }
    }
    var read: [UInt8] {
      seen.flatMap { seen -> [UInt8] in if case .read(let bytes) = seen { bytes } else { [] } }
    }
    func clear() { seen = [] }
  }

  /// Counts what the handler asks of the socket.
  final class Outside: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    var reads = 0
    var writes = 0
    var flushes = 0
    func read(context: ChannelHandlerContext) {
      reads += 1
      context.read()
    }
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      writes += 1
      context.write(data, promise: promise)
    }
    func flush(context: ChannelHandlerContext) {
      flushes += 1
      context.flush()
    }
    func clear() { (reads, writes, flushes) = (0, 0, 0) }
  }

  struct Setup {
    let channel: EmbeddedChannel
    let outside: Outside
    let inside: Inside
    let client: Endpoint

    /// Carries bytes both ways until nothing moves.
    func settle() throws {
      var moved = true
      while moved {
        moved = false
        if client.output.readableBytes > 0 {
          try channel.writeInbound(client.takeOutput())
          moved = true
        }
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) {
          client.feed(bytes)
          moved = true
        }
      }
    }

    /// The records that wait to be sent.
    func takeRecords() throws -> [Int] {
      var lengths: [Int] = []
      while let bytes = try channel.readOutbound(as: ByteBuffer.self) {
        lengths += recordLengths(bytes)
        client.feed(bytes)
      }
      return lengths
    }

    func write(_ bytes: [UInt8], promise: EventLoopPromise<Void>? = nil) {
      channel.pipeline.write(ByteBuffer(bytes: bytes), promise: promise)
    }
  }

  private func setUp(
    context: TLSContext? = nil, client: TLSContext? = nil, active: Bool = true, settled: Bool = true
  ) throws -> Setup {
    let outside = Outside()
    let inside = Inside()
    let handler = try TLSHandler(context: context ?? certificates.serverContext(), scratch: TLSScratch())
    let channel = EmbeddedChannel(handlers: [outside, handler, inside])
    let endpoint = try Endpoint(client ?? certificates.clientContext(), serverName: "localhost")
    let setup = Setup(channel: channel, outside: outside, inside: inside, client: endpoint)
    guard active else { return setup }
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    guard settled else { return setup }
    endpoint.feed(ByteBuffer())
    try setup.settle()
    channel.read()
    outside.clear()
    return setup
  }

  // MARK: The inside

  @Test func insideSeesNothingBeforeTheHandshake() throws {
    let setup = try setUp(settled: false)
    #expect(setup.inside.seen.isEmpty)
    #expect(setup.outside.reads > 0)
    setup.client.feed(ByteBuffer())
    try setup.settle()
    #expect(setup.inside.seen == [.event(.handshakeCompleted(alpn: alpn, peer: nil)), .active])
    #expect(setup.client.handshakeComplete && setup.client.error == nil)
  }

  @Test func eventNamesThePeer() throws {
    let own = try certificates.client("handler", names: [.uri("urn:ada")])
    let setup = try setUp(
      context: certificates.serverContext(clients: .required), client: certificates.clientContext(as: own))
    let peer = PeerIdentity(kind: .uri, name: "urn:ada")
    #expect(setup.inside.seen.first == .event(.handshakeCompleted(alpn: alpn, peer: peer)))
  }

  @Test func clientHandlerSpeaksFirst() throws {
    let handler = try TLSHandler(context: certificates.clientContext(), scratch: TLSScratch(), serverName: "localhost")
    let inside = Inside()
    let channel = EmbeddedChannel(handlers: [handler, inside])
    let server = try Endpoint(certificates.serverContext())
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    for _ in 0..<3 {
      while let bytes = try channel.readOutbound(as: ByteBuffer.self) { server.feed(bytes) }
      if server.output.readableBytes > 0 { try channel.writeInbound(server.takeOutput()) }
    }
    #expect(inside.seen == [.event(.handshakeCompleted(alpn: alpn, peer: nil)), .active])
    #expect(server.handshakeComplete)
    try channel.writeOutbound(ByteBuffer(bytes: [1, 2]))
    while let bytes = try channel.readOutbound(as: ByteBuffer.self) { server.feed(bytes) }
    #expect(server.received == [1, 2])
  }

  @Test func dataBehindTheHandshakeIsNotLost() throws {
    let setup = try setUp(settled: false)
    setup.client.feed(ByteBuffer())
    try setup.channel.writeInbound(setup.client.takeOutput())
    while let bytes = try setup.channel.readOutbound(as: ByteBuffer.self) { setup.client.feed(bytes) }
    setup.client.send([5, 6])
    // Finished and data in one read.
    try setup.channel.writeInbound(setup.client.takeOutput())
    setup.channel.read()
    setup.channel.embeddedEventLoop.run()
    #expect(setup.inside.read == [5, 6])
  }

  // MARK: Writing

  @Test func writesShareARecord() throws {
    let setup = try setUp()
    for number in 0..<16 { setup.write([UInt8](repeating: UInt8(number), count: 120)) }
    #expect(setup.outside.writes == 0)
    setup.channel.flush()
    #expect(setup.outside.writes == 1 && setup.outside.flushes == 1)
    #expect(try setup.takeRecords() == [16 * 120 + 22])
    #expect(setup.client.received == (0..<16).flatMap { [UInt8](repeating: UInt8($0), count: 120) })
  }

  @Test func longFlushIsOneWriteOfFullRecords() throws {
    let setup = try setUp()
    setup.write([UInt8](repeating: 1, count: 40_000))
    setup.channel.flush()
    #expect(setup.outside.writes == 1 && setup.outside.flushes == 1)
    #expect(try setup.takeRecords() == [16_384 + 22, 16_384 + 22, 40_000 - 2 * 16_384 + 22])
  }

  @Test func gatheringIsBounded() throws {
    let setup = try setUp()
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
    let setup = try setUp()
    let promises = (0..<3).map { _ in setup.channel.eventLoop.makePromise(of: Void.self) }
    for promise in promises { setup.write([1], promise: promise) }
    setup.channel.flush()
    for promise in promises { try promise.futureResult.wait() }
    // Written but never flushed: the close fails it.
    let lost = setup.channel.eventLoop.makePromise(of: Void.self)
    setup.write([2], promise: lost)
    setup.channel.close(promise: nil)
    #expect(throws: ChannelError.self) { try lost.futureResult.wait() }
    _ = try setup.takeRecords()
    #expect(setup.client.received == [1, 1, 1] && setup.client.closedByPeer)
  }

  @Test func writesBeforeTheHandshakeFail() throws {
    let setup = try setUp(settled: false)
    let promise = setup.channel.eventLoop.makePromise(of: Void.self)
    setup.write([1], promise: promise)
    setup.channel.flush()
    #expect(throws: TLSError.self) { try promise.futureResult.wait() }
    #expect(try setup.channel.readOutbound(as: ByteBuffer.self) == nil)
  }

  @Test func flushesOfATurnBecomeOne() throws {
    let setup = try setUp()
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

  // MARK: Reading

  @Test func recordsOfATurnComeAsOneBuffer() throws {
    let setup = try setUp()
    setup.inside.clear()
    for number in 0..<10 { setup.client.send([UInt8(number)]) }
    try setup.channel.writeInbound(setup.client.takeOutput())
    #expect(setup.inside.seen == [.read(Array(0..<10)), .readComplete])
  }

  @Test func turnEndsAfterSixteenRecords() throws {
    let setup = try setUp()
    setup.inside.clear()
    setup.inside.onComplete = { $0.read() }
    for number in 0..<40 { setup.client.send([UInt8(number)]) }
    try setup.channel.writeInbound(setup.client.takeOutput())
    // The rest has not been decrypted, and the socket has not been asked for more.
    #expect(setup.inside.seen == [.read(Array(0..<16)), .readComplete])
    #expect(setup.outside.reads == 0)
    setup.channel.embeddedEventLoop.run()
    #expect(setup.inside.seen == [
      .read(Array(0..<16)), .readComplete, .read(Array(16..<32)), .readComplete, .read(Array(32..<40)), .readComplete,
    ])
    #expect(setup.outside.reads == 1)
  }

  @Test func channelThatReadsByItselfIsAskedAgain() throws {
    let setup = try setUp()
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
    let setup = try setUp()
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
    let setup = try setUp()
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
    let setup = try setUp()
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

  // MARK: Ending

  @Test func peersGoodbye() throws {
    let setup = try setUp()
    setup.inside.clear()
    setup.client.send([1])
    setup.client.close()
    try setup.channel.writeInbound(setup.client.takeOutput())
    #expect(setup.inside.seen == [.read([1]), .event(.closedCleanly), .readComplete, .inactive])
    _ = try setup.takeRecords()
    #expect(setup.client.closedByPeer)
    #expect(!setup.channel.isActive)
  }

  @Test func ownGoodbyeFollowsWhatWasFlushed() throws {
    let setup = try setUp()
    setup.inside.clear()
    setup.inside.onRead = { context, _ in
      context.writeAndFlush(NIOAny(ByteBuffer(bytes: [9, 9])), promise: nil)
      context.close(promise: nil)
    }
    setup.client.send([1])
    try setup.channel.writeInbound(setup.client.takeOutput())
    _ = try setup.takeRecords()
    #expect(setup.client.received == [9, 9] && setup.client.closedByPeer)
    #expect(setup.inside.seen.filter { $0 == .inactive }.count == 1)
  }

  @Test func raggedEndIsAnError() throws {
    let setup = try setUp()
    setup.inside.clear()
    try setup.channel.close().wait()  // By the inside: that is clean.
    #expect(setup.inside.seen == [.inactive])

    let cut = try setUp()
    cut.inside.clear()
    cut.channel.pipeline.fireChannelInactive()
    #expect(cut.inside.seen == [.error(.raggedClose), .inactive])
  }

  @Test func whatWaitsIsDeliveredBeforeTheEnd() throws {
    let setup = try setUp()
    setup.inside.clear()
    for number in 0..<40 { setup.client.send([UInt8(number)]) }
    setup.client.close()
    try setup.channel.writeInbound(setup.client.takeOutput())
    #expect(setup.inside.read.count == 16)
    setup.channel.pipeline.fireChannelInactive()
    #expect(setup.inside.read == Array(0..<40))
    #expect(setup.inside.seen.contains(.event(.closedCleanly)))
    #expect(!setup.inside.seen.contains(.error(.raggedClose)))
  }

  @Test func alertIsSentBeforeTheChannelCloses() throws {
    let setup = try setUp()
    setup.inside.clear()
    setup.client.send([1])
    var bytes = setup.client.takeOutput()
    bytes.setInteger(0 as UInt64, at: bytes.writerIndex - 8)
    try setup.channel.writeInbound(bytes)
    #expect(setup.inside.seen == [.error(.badRecord), .inactive])
    _ = try setup.takeRecords()
    #expect(setup.client.error?.cause?.contains("bad record mac") == true)
  }

  @Test func failedHandshakeNeverBecomesActive() throws {
    let setup = try setUp(settled: false)
    try setup.channel.writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
    #expect(setup.inside.seen == [.error(.notTLS)])
    #expect(!setup.channel.isActive)
  }

  @Test func handshakeDeadline() throws {
    let setup = try setUp(settled: false)
    setup.channel.embeddedEventLoop.advanceTime(by: .milliseconds(4999))
    #expect(setup.channel.isActive)
    setup.channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(setup.inside.seen == [.error(.deadline)])
    #expect(!setup.channel.isActive)

    let done = try setUp()
    done.channel.embeddedEventLoop.advanceTime(by: .hours(1))
    #expect(done.channel.isActive)
  }

  /// A socket that takes bytes and never says that they are gone.
  final class Stuck: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    var waiting: [EventLoopPromise<Void>] = []
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      if let promise { waiting.append(promise) }
    }
  }

  @Test func closingDoesNotWaitForeverForTheSocket() throws {
    let setup = try setUp()
    let stuck = Stuck()
    try setup.channel.pipeline.syncOperations.addHandler(stuck, position: .first)
    let closed = setup.channel.close()
    #expect(setup.channel.isActive && stuck.waiting.count == 1)
    setup.channel.embeddedEventLoop.advanceTime(by: .milliseconds(4999))
    #expect(setup.channel.isActive)
    setup.channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(!setup.channel.isActive)
    try closed.wait()
    for promise in stuck.waiting { promise.fail(ChannelError.ioOnClosedChannel) }
  }

  @Test func revalidationFindsTheRevoked() throws {
    let own = try Certificates()
    let files = try own.client("agent")
    let setup = try setUp(context: own.serverContext(clients: .required), client: own.clientContext(as: files))
    setup.inside.clear()
    try setup.channel.triggerUserOutboundEvent(
      TLSRevalidation(context: own.serverContext(clients: .required))).wait()
    #expect(setup.inside.seen.isEmpty)
    let list = try DevelopmentCertificate.revoke(
      certificatePaths: [files.certificateChainPath], directory: own.directory, now: Certificates.now)
    try setup.channel.triggerUserOutboundEvent(
      TLSRevalidation(context: own.serverContext(clients: .required, revoked: list))).wait()
    #expect(setup.inside.seen == [.event(.peerNoLongerTrusted(reason: "certificate revoked"))])
    #expect(setup.channel.isActive)
  }
}
