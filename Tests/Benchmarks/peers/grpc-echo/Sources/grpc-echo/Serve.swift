import ArgumentParser
import GRPCCore
import GRPCNIOTransportHTTP2Posix

/// `grpc-echo serve`: listens on 127.0.0.1 until it is killed.
struct Serve: AsyncParsableCommand {
  @Option var port: Int
  @Option(help: "Certificate chain, PEM.") var cert: String
  @Option(help: "Private key, PEM.") var key: String

  func run() async throws {
    let server = GRPCServer(
      transport: .http2NIOPosix(
        address: .ipv4(host: "127.0.0.1", port: port),
        transportSecurity: .tls(
          certificateChain: [.file(path: cert, format: .pem)],
          privateKey: .file(path: key, format: .pem))),
      services: [EchoService()])
    try await server.serve()
  }
}
