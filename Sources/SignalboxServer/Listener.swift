import Logging
import NIOCore
import NIOPosix
import SignalboxTLS
import SignalboxWire

/// Accepts connections and gives each its TLS and its driver.
struct Listener {
  static let applicationProtocol = "signalbox/1"
  static let backlog: Int32 = 1_024
  /// Bytes read from a socket at once: few at first, more when a connection has much to say. The buffer stays with the
  /// connection, so that an idle one should have a small one.
  static let readBytes = AdaptiveRecvByteBufferAllocator(minimum: 1_024, initial: 1_024, maximum: 64 * 1_024)

  let group: MultiThreadedEventLoopGroup
  let loops: LoopGroup
  let tls: TLSContextSource
  let logger: Logger

  func bind(host: String, port: Int) async throws -> any Channel {
    let scratches = TLSScratchPerLoop(group)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: Self.backlog)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelOption(.recvAllocator, value: Self.readBytes)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let loop = try loops.context(of: channel.eventLoop)
          guard loop.connections.count < loop.server.limits.maximumConnections / loops.count else {
            throw ChannelError.operationUnsupported
          }
          try channel.pipeline.syncOperations.addHandlers([
            TLSHandler(context: tls.current, scratch: scratches.scratch(for: channel.eventLoop)),
            ConnectionDriver(loop, limits: .standard),
          ])
        }
      }
    do {
      return try await bootstrap.bind(host: host, port: port).get()
    } catch {
      throw Self.failure(host: host, port: port, error)
    }
  }

  /// Takes the ports that a server would take and gives them back, without accepting anything. Blocks until it is done.
  static func rehearse(_ configuration: ServerConfiguration) throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    defer { try? group.syncShutdownGracefully() }
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.autoRead, value: false)
    do {
      _ = try bootstrap.bind(host: configuration.host, port: configuration.port).wait()
    } catch {
      throw failure(host: configuration.host, port: configuration.port, error)
    }
    guard let port = configuration.observabilityPort else { return }
    do {
      _ = try bootstrap.bind(host: configuration.observabilityHost, port: port).wait()
    } catch {
      throw StartupError(
        "cannot listen on \(configuration.observabilityHost):\(port) for health and metrics: "
          + "\(StartupError.plain(error)); choose another port")
    }
  }

  private static func failure(host: String, port: Int, _ error: any Error) -> StartupError {
    StartupError(
      "cannot listen on \(host):\(port): \(StartupError.plain(error)); "
        + "choose another address or port with --listen-host or --listen-port, or stop what uses it")
  }
}

/// The context of each event loop.
struct LoopGroup: Sendable {
  private let contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>]
  let eventLoops: [any EventLoop]

  var count: Int { eventLoops.count }

  init(_ server: ServerContext, on group: any EventLoopGroup) async throws {
    let eventLoops = Array(group.makeIterator())
    self.eventLoops = eventLoops
    var contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>] = [:]
    for eventLoop in eventLoops {
      contexts[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
        NIOLoopBound(LoopContext(server, eventLoop: eventLoop, loops: eventLoops.count), eventLoop: eventLoop)
      }.get()
    }
    self.contexts = contexts
  }

  /// Called on that loop.
  func context(of eventLoop: any EventLoop) throws -> LoopContext {
    guard let context = contexts[ObjectIdentifier(eventLoop)] else { throw ChannelError.inappropriateOperationForState }
    return context.value
  }

  /// Runs something on each loop without waiting.
  func execute(_ body: @escaping @Sendable (LoopContext) -> Void) {
    for eventLoop in eventLoops { execute(on: eventLoop, body) }
  }

  /// Runs something on one loop without waiting: for what is counted once and not once a loop.
  func executeOnOne(_ body: @escaping @Sendable (LoopContext) -> Void) {
    if let eventLoop = eventLoops.first { execute(on: eventLoop, body) }
  }

  private func execute(on eventLoop: any EventLoop, _ body: @escaping @Sendable (LoopContext) -> Void) {
    guard let context = contexts[ObjectIdentifier(eventLoop)] else { return }
    eventLoop.execute { body(context.value) }
  }

  /// Asks each loop.
  func collect<Value: Sendable>(_ body: @escaping @Sendable (LoopContext) -> Value) async throws -> [Value] {
    var values: [Value] = []
    for eventLoop in eventLoops {
      guard let context = contexts[ObjectIdentifier(eventLoop)] else { continue }
      values.append(try await eventLoop.submit { body(context.value) }.get())
    }
    return values
  }
}
