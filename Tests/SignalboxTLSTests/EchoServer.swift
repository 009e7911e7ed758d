import NIOCore
import NIOPosix
import SignalboxTLS
import Synchronization

/// A server on loopback that sends back what it gets, and closes after a `bye` line.
final class EchoServer: Sendable {
  /// What the connections came to, by the order in which they told.
  struct Log: Sendable {
    var errors: [TLSError.Code] = []
    var completed: [PeerIdentity?] = []
    var cleanEnds = 0
  }

  private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    let server: EchoServer
    init(_ server: EchoServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = unwrapInboundIn(data)
      context.write(data, promise: nil)
      if bytes.readableBytesView.suffix(4).elementsEqual("bye\n".utf8) {
        context.flush()
        context.close(promise: nil)
      }
    }
    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      switch event as? TLSEvent {
      case .handshakeCompleted(_, let peer): server.log.withLock { $0.completed.append(peer) }
      case .closedCleanly: server.log.withLock { $0.cleanEnds += 1 }
      case .peerNoLongerTrusted, nil: break
      }
    }
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      if let error = error as? TLSError { server.log.withLock { $0.errors.append(error.code) } }
    }
  }

  let log = Mutex(Log())
  /// Handlers by weak reference, each looked at on its loop only.
  private struct Made { weak var handler: TLSHandler? }
  private let made: NIOLoopBoundBox<[Made]>
  private let listener = Mutex<(any Channel)?>(nil)
  private let group: MultiThreadedEventLoopGroup

  var port: Int { listener.withLock { $0?.localAddress?.port } ?? 0 }

  init(_ context: TLSContext, handshakeTimeout: TimeAmount = .seconds(5)) async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    self.group = group
    let made = NIOLoopBoundBox.makeBoxSendingValue([Made](), eventLoop: group.next())
    self.made = made
    let scratches = TLSScratchPerLoop(group)
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let tls = try TLSHandler(
            context: context, scratch: scratches.scratch(for: channel.eventLoop), handshakeTimeout: handshakeTimeout)
          made.value.append(Made(handler: tls))
          try channel.pipeline.syncOperations.addHandlers(tls, Echo(self))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    listener.withLock { $0 = channel }
  }

  /// Connections whose handler is still in memory.
  func alive() async throws -> Int {
    let made = made
    return try await group.next().submit { made.value.count { $0.handler != nil } }.get()
  }

  func stop() async throws {
    try await listener.withLock { $0 }?.close().get()
    try await group.shutdownGracefully()
  }

  static func run<Result: Sendable>(
    _ context: TLSContext, handshakeTimeout: TimeAmount = .seconds(5),
    _ body: @Sendable (EchoServer) async throws -> Result
  ) async throws -> Result {
    let server = try await EchoServer(context, handshakeTimeout: handshakeTimeout)
    do {
      let result = try await body(server)
      try await server.stop()
      return result
    } catch {
      try await server.stop()
      throw error
    }
  }
}
