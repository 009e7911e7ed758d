import NIOCore
import NIOEmbedded
import SignalboxTLS
import Testing

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

/// A channel without a socket between two probes; the client is a bare engine.
final class HandlerSetup {
  let channel: EmbeddedChannel
  let outside: Outside
  let inside: Inside
  let client: Endpoint
  /// Does not keep it: whether it goes with its channel is a question.
  private(set) weak var handler: TLSHandler?

  private init(channel: EmbeddedChannel, outside: Outside, inside: Inside, client: Endpoint, handler: TLSHandler) {
    self.channel = channel
    self.outside = outside
    self.inside = inside
    self.client = client
    self.handler = handler
  }

  /// A channel that is left open keeps its handlers for ever.
  deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

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

  /// A server's channel, its handshake done and one read asked for, unless told otherwise.
  static func make(
    context: TLSContext? = nil, client: TLSContext? = nil, settled: Bool = true
  ) throws -> HandlerSetup {
    let certificates = try Certificates.shared.get()
    let outside = Outside()
    let inside = Inside()
    let handler = try TLSHandler(context: context ?? certificates.serverContext(), scratch: TLSScratch())
    let channel = EmbeddedChannel(handlers: [outside, handler, inside])
    let endpoint = try Endpoint(client ?? certificates.clientContext(), serverName: "localhost")
    let setup = HandlerSetup(channel: channel, outside: outside, inside: inside, client: endpoint, handler: handler)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    guard settled else { return setup }
    endpoint.feed(ByteBuffer())
    try setup.settle()
    channel.read()
    outside.clear()
    return setup
  }
}

/// Whether `future` has succeeded; nil if it is still open. Waiting for it would hang a test that should fail.
func succeeded(_ future: EventLoopFuture<Void>) -> Bool? {
  var result: Bool?
  future.assumeIsolated().whenComplete { outcome in
    if case .success = outcome { result = true } else { result = false }
  }
  return result
}
