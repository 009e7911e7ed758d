import NIOCore
import NIOEmbedded
import SignalboxTLS
import Testing

/// Beginning and ending.
@Suite struct TLSHandlerTests {
  let certificates: Certificates

  init() throws { certificates = try Certificates.shared.get() }

  @Test func insideSeesNothingBeforeTheHandshake() throws {
    let setup = try HandlerSetup.make(settled: false)
    #expect(setup.inside.seen.isEmpty)
    #expect(setup.outside.reads > 0)
    setup.client.feed(ByteBuffer())
    try setup.settle()
    #expect(setup.inside.seen == [.event(.handshakeCompleted(alpn: alpn, peer: nil)), .active])
    #expect(setup.client.handshakeComplete && setup.client.error == nil)
  }

  @Test func eventNamesThePeer() throws {
    let own = try certificates.client("handler", names: [.uri("urn:ada")])
    let setup = try HandlerSetup.make(
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
    _ = try channel.finish(acceptAlreadyClosed: true)
  }

  @Test func dataBehindTheHandshakeIsNotLost() throws {
    let setup = try HandlerSetup.make(settled: false)
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

  @Test func peersGoodbye() throws {
    let setup = try HandlerSetup.make()
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
    let setup = try HandlerSetup.make()
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
    let setup = try HandlerSetup.make()
    setup.inside.clear()
    #expect(succeeded(setup.channel.close()) == true)  // By the inside: that is clean.
    #expect(setup.inside.seen == [.inactive])

    let cut = try HandlerSetup.make()
    cut.inside.clear()
    cut.channel.pipeline.fireChannelInactive()
    #expect(cut.inside.seen == [.error(.raggedClose), .inactive])
  }

  @Test func whatWaitsIsDeliveredBeforeTheEnd() throws {
    let setup = try HandlerSetup.make()
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
    let setup = try HandlerSetup.make()
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
    let setup = try HandlerSetup.make(settled: false)
    try setup.channel.writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
    #expect(setup.inside.seen == [.error(.notTLS)])
    #expect(!setup.channel.isActive)
  }

  @Test func handshakeDeadline() throws {
    let setup = try HandlerSetup.make(settled: false)
    setup.channel.embeddedEventLoop.advanceTime(by: .milliseconds(4999))
    #expect(setup.channel.isActive)
    setup.channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(setup.inside.seen == [.error(.deadline)])
    #expect(!setup.channel.isActive)

    let done = try HandlerSetup.make()
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
    let setup = try HandlerSetup.make()
    let stuck = Stuck()
    try setup.channel.pipeline.syncOperations.addHandler(stuck, position: .first)
    let closed = setup.channel.close()
    let again = setup.channel.close()
    #expect(setup.channel.isActive && stuck.waiting.count == 1)
    setup.channel.embeddedEventLoop.advanceTime(by: .milliseconds(4999))
    #expect(setup.channel.isActive)
    setup.channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(!setup.channel.isActive)
    #expect(succeeded(closed) == true)
    #expect(succeeded(again) == true)
    #expect(succeeded(setup.channel.close()) == false)
    for promise in stuck.waiting { promise.fail(ChannelError.ioOnClosedChannel) }
  }

  @Test func revalidationFindsTheRevoked() throws {
    let own = try Certificates()
    let files = try own.client("agent")
    let setup = try HandlerSetup.make(
      context: own.serverContext(clients: .required), client: own.clientContext(as: files))
    setup.inside.clear()
    #expect(
      try succeeded(
        setup.channel.triggerUserOutboundEvent(
          TLSRevalidation(context: own.serverContext(clients: .required))
        )) == true)
    #expect(setup.inside.seen.isEmpty)
    let list = try DevelopmentCertificate.revoke(
      certificatePaths: [files.certificateChainPath], directory: own.directory, now: Certificates.now)
    #expect(
      try succeeded(
        setup.channel.triggerUserOutboundEvent(
          TLSRevalidation(context: own.serverContext(clients: .required, revoked: list))
        )) == true)
    #expect(setup.inside.seen == [.event(.peerNoLongerTrusted(reason: "certificate revoked"))])
    #expect(setup.channel.isActive)
  }

  // MARK: Memory

  /// However a connection ends, its handler, and with it what libssl holds, goes with the channel.
  @Test(arguments: ["own close", "peer closes", "damage", "deadline", "noise", "ragged"])
  func handlerGoesWithItsChannel(_ end: String) throws {
    let setup = try HandlerSetup.make(settled: !["deadline", "noise"].contains(end))
    #expect(setup.handler != nil)
    switch end {
    case "own close": setup.channel.close(promise: nil)
    case "peer closes":
      setup.client.close()
      try setup.settle()
    case "damage":
      try setup.channel.writeInbound(ByteBuffer(bytes: [0x17, 3, 3, 0, 20] + [UInt8](repeating: 0, count: 20)))
    case "deadline": setup.channel.embeddedEventLoop.advanceTime(by: .seconds(5))
    case "noise": try setup.channel.writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
    default:
      setup.channel.pipeline.fireChannelInactive()
      setup.channel.close(promise: nil)
    }
    setup.channel.embeddedEventLoop.run()
    #expect(setup.handler == nil)
  }
}
