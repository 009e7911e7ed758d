import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// `/healthz`, `/readyz` and `/metrics` over plain HTTP, on a port of its own that only the machine itself should reach.
final class ObservabilityServer: Sendable {
  /// Longest a client may take for its request.
  static let patience = TimeAmount.seconds(10)

  let port: Int
  private let channel: any Channel
  private let ready: ReadyFlag

  static func start(
    host: String, port: Int, group: any EventLoopGroup, page: MetricsPage
  ) async throws -> ObservabilityServer {
    let ready = ReadyFlag()
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
          try channel.pipeline.syncOperations.addHandlers([
            IdleStateHandler(allTimeout: patience), ObservabilityHandler(page: page, ready: ready),
          ])
        }
      }
    do {
      return ObservabilityServer(try await bootstrap.bind(host: host, port: port).get(), ready: ready)
    } catch {
      throw StartupError(
        "cannot listen on \(host):\(port) for health and metrics: \(StartupError.plain(error)); choose another port")
    }
  }

  private init(_ channel: any Channel, ready: ReadyFlag) {
    self.channel = channel
    self.ready = ready
    port = channel.localAddress?.port ?? 0
  }

  var isReady: Bool {
    get { ready.value.load(ordering: .relaxed) }
    set { ready.value.store(newValue, ordering: .relaxed) }
  }

  func close() async throws {
    try await channel.close().get()
  }
}

/// Whether calls are taken: false before the start is over and while draining.
final class ReadyFlag: Sendable {
  let value = Atomic(false)
}

private final class ObservabilityHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let page: MetricsPage
  private let ready: ReadyFlag
  private var request: HTTPRequestHead?

  init(page: MetricsPage, ready: ReadyFlag) {
    self.page = page
    self.ready = ready
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): request = head
    case .body: break
    case .end: answer(context)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard let request else { return }
    guard request.method == .GET || request.method == .HEAD else {
      return write("only GET here\n", .methodNotAllowed, to: context)
    }
    switch request.uri.split(separator: "?").first ?? "" {
    case "/healthz":
      write("ok\n", .ok, to: context)
    case "/readyz":
      let isReady = ready.value.load(ordering: .relaxed)
      write(isReady ? "ready\n" : "not ready\n", isReady ? .ok : .serviceUnavailable, to: context)
    case "/metrics":
      let back = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      let page = page
      context.eventLoop.makeFutureWithTask { try await page.text() }.whenComplete { result in
        let (handler, context) = back.value
        switch result {
        case .success(let text): handler.write(text, .ok, to: context)
        case .failure: handler.write("cannot gather the metrics now\n", .internalServerError, to: context)
        }
      }
    default:
      write("try /healthz, /readyz or /metrics\n", .notFound, to: context)
    }
  }

  private func write(_ text: String, _ status: HTTPResponseStatus, to context: ChannelHandlerContext) {
    let body = ByteBuffer(string: text)
    let headers: HTTPHeaders = [
      "content-type": "text/plain; version=0.0.4; charset=utf-8", "content-length": "\(body.readableBytes)",
    ]
    context.write(
      wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
    if request?.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }
}
