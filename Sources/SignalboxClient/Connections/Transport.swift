package import NIOCore
import NIOPosix
import SignalboxTLS
import SignalboxWire

/// Makes the channels that connections run on.
package struct Transport: Sendable {
  /// ALPN name; its number is the major version.
  static let applicationProtocol = "signalbox/1"

  /// The loop of the next connection.
  package var nextLoop: @Sendable () -> any EventLoop
  /// A channel on that loop that is connected and has no handlers yet.
  package var connect: @Sendable (any EventLoop) -> EventLoopFuture<any Channel>
  /// Called on the loop: adds what makes the channel secure. `channelActive` must follow when that is done. Nil:
  /// frames may go at once.
  package var secure: (@Sendable (any Channel) throws -> Void)?

  package init(
    nextLoop: @escaping @Sendable () -> any EventLoop,
    connect: @escaping @Sendable (any EventLoop) -> EventLoopFuture<any Channel>,
    secure: (@Sendable (any Channel) throws -> Void)?
  ) {
    self.nextLoop = nextLoop
    self.connect = connect
    self.secure = secure
  }

  private static let scratch = TLSScratchPerLoop(MultiThreadedEventLoopGroup.singleton)

  /// TCP and TLS 1.3. Reads the files the configuration names, and throws if one cannot be used.
  static func network(_ configuration: ClientConfiguration) throws -> Transport {
    let context = try TLSContext(tls(configuration))
    let timeout = TimeAmount.nanoseconds(Int64(clamping: WireInterval(configuration.connectTimeout).nanoseconds))
    return Transport(
      nextLoop: { MultiThreadedEventLoopGroup.singleton.next() },
      connect: { loop in
        // Frames are gathered before they are written, so nothing is gained by waiting for more.
        ClientBootstrap(group: loop)
          .connectTimeout(timeout)
          .channelOption(.tcpOption(.tcp_nodelay), value: 1)
          .connect(host: configuration.host, port: configuration.port)
          .map { $0 as any Channel }
      },
      secure: { channel in
        let handler = try TLSHandler(
          context: context, scratch: scratch.scratch(for: channel.eventLoop),
          serverName: configuration.serverName ?? configuration.host, handshakeTimeout: timeout)
        try channel.pipeline.syncOperations.addHandler(handler)
      })
  }

  private static func tls(_ configuration: ClientConfiguration) throws -> TLSConfiguration {
    var credentials: TLSConfiguration.Credentials?
    switch (configuration.certificateChainPath, configuration.privateKeyPath) {
    case (let chain?, let key?): credentials = .init(certificateChainPath: chain, privateKeyPath: key)
    case (nil, nil): break
    default:
      throw ClientError(
        code: .invalidArgument, message: "a client certificate needs its chain and its private key; name both or none")
    }
    return .client(
      trustRootsPath: configuration.trustRootsPath, credentials: credentials,
      applicationProtocols: [applicationProtocol])
  }
}
