import FoundationEssentials
import NIOCore
import NIOPosix
import SignalboxProtocol
import SignalboxTLS
import SignalboxWire
import Testing

@testable import SignalboxClient

/// The real transport: TCP and TLS on this machine.
@Suite struct NetworkTests {
  /// Answers each call with its own request.
  private final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var machine = ServerConnection(hello: Hello(), now: WireInstant(NIODeadline.now()))

    func channelActive(context: ChannelHandlerContext) { turn(context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      machine.receive(unwrapInboundIn(data))
      turn(context)
    }

    private func turn(_ context: ChannelHandlerContext) {
      while let event = machine.nextEvent(at: WireInstant(NIODeadline.now())) {
        if case .call(let stream, _, let message, _) = event {
          machine.end(stream, status: .ok, message: message)
          machine.handlerReturned(stream)
        }
      }
      while let bytes = machine.takeOutbound() { context.write(wrapOutboundOut(bytes), promise: nil) }
      context.flush()
    }
  }

  private static func withServer(
    alpn: String = "signalbox/1", _ body: (Int, DevelopmentCertificate.Files) async throws -> Void
  ) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "signalbox-client-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let now = Int64(Date().timeIntervalSince1970)
    let files = try DevelopmentCertificate.make(directory: directory.path, now: now)
    let tls = try TLSContext(.server(credentials: files.credentials, applicationProtocols: [alpn]))
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(TLSHandler(context: tls, scratch: TLSScratch()))
          try channel.pipeline.syncOperations.addHandler(Echo())
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      try await body(try #require(server.localAddress?.port), files)
    } catch {
      try? await server.close()
      throw error
    }
    try await server.close()
  }

  private static func configuration(_ port: Int, roots: String?) -> ClientConfiguration {
    var configuration = ClientConfiguration(host: "127.0.0.1", port: port)
    configuration.serverName = "localhost"
    configuration.trustRootsPath = roots
    return configuration
  }

  @Test func callsGoOverTLS() async throws {
    try await Self.withServer { port, files in
      var configuration = Self.configuration(port, roots: files.trustRootsPath)
      configuration.connections = 2
      let payload = [UInt8](repeating: 3, count: 100_000)
      try await SignalboxClient.withClient(configuration) { client in
        try await withThrowingTaskGroup(of: Data.self) { group in
          for _ in 0..<50 { group.addTask { try await client.system.ping(payload).payload } }
          for try await answer in group { #expect(answer == Data(payload)) }
        }
      }
    }
  }

  @Test func aServerThatIsNotTrustedIsNotSpokenTo() async throws {
    try await Self.withServer { port, _ in
      let call = Task {
        try await SignalboxClient.withClient(Self.configuration(port, roots: nil)) { try await $0.system.ping() }
      }
      let error = await clientError(call)
      #expect(error?.code == .unavailable)
      #expect(error?.message.hasPrefix("the certificate of 127.0.0.1:\(port) is not accepted") == true)
    }
  }

  @Test func aServerOfAnotherProtocolIsNotSpokenTo() async throws {
    try await Self.withServer(alpn: "h2") { port, files in
      let call = Task {
        try await SignalboxClient.withClient(Self.configuration(port, roots: files.trustRootsPath)) {
          try await $0.system.ping()
        }
      }
      #expect(await clientError(call)?.code == .unavailable)
    }
  }

  @Test func aPortWhereNobodyListensIsNamed() async throws {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0).get()
    let port = try #require(listener.localAddress?.port)
    try await listener.close()
    let call = Task {
      try await SignalboxClient.withClient(ClientConfiguration(host: "127.0.0.1", port: port)) {
        try await $0.system.ping()
      }
    }
    let error = await clientError(call)
    #expect(error?.message == "connection to 127.0.0.1:\(port) refused; is signalboxd running there?")
  }

  @Test func aCertificateWithoutItsKeyIsNoIdentity() async throws {
    var configuration = ClientConfiguration(host: "127.0.0.1", port: 1)
    configuration.certificateChainPath = "/nowhere/me.pem"
    let call = Task { [configuration] in
      try await SignalboxClient.withClient(configuration) { try await $0.system.ping() }
    }
    #expect(await clientError(call)?.code == .invalidArgument)
  }
}
