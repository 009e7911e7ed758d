import ArgumentParser

/// What unary calls cost in gRPC Swift 2 over its NIO transport and TLS: an echo server and its closed-loop load.
@main
struct GRPCEcho: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grpc-echo", subcommands: [Serve.self, Load.self])
}
