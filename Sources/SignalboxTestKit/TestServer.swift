import Logging
package import SignalboxClient
import SignalboxCore
package import SignalboxServer
package import SignalboxStore

/// A whole server in this process, on a free loopback port and a directory of its own, and clients of it.
package struct TestServer: Sendable {
  package let clock: ManualClock
  package let directory: TemporaryDirectory
  private let server: Server
  private let rootToken: String

  /// Runs a server for as long as the body runs; then drains it.
  ///
  /// - Parameter directory: That of an earlier server, to go on with what it left; nil: a new one.
  package static func run<Result: Sendable>(
    in directory: TemporaryDirectory? = nil, eventLoops: Int = 2,
    wrapping: (any Database) -> any Database = { $0 }, adjusting: (inout ServerConfiguration) -> Void = { _ in },
    _ body: @Sendable (TestServer) async throws -> Result
  ) async throws -> Result {
    let directory = try directory ?? TemporaryDirectory()
    let clock = ManualClock()
    var configuration = ServerConfiguration(port: 0, dataDirectory: directory.path + "/data")
    configuration.eventLoops = eventLoops
    configuration.observabilityPort = 0
    configuration.limits.drainSeconds = 1
    configuration.limits.progressMilliseconds = 50
    configuration.limits.credentialCheckMilliseconds = 20
    adjusting(&configuration)
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    logger.logLevel = .critical
    var rootToken = ""
    let server = try await Server.start(
      configuration, clock: clock.serverClock, logger: logger, wrapping: wrapping
    ) { rootToken = $0 }
    let test = TestServer(clock: clock, directory: directory, server: server, rootToken: rootToken)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      let result = try await body(test)
      group.cancelAll()
      return result
    }
  }

  package var port: Int { server.address.port }
  package var observabilityPort: Int { server.observabilityPort ?? 0 }
  package var authorityPath: String { server.developmentAuthorityPath ?? "" }

  /// How a client with this token connects; without one, as nobody.
  package func configuration(token: String?, tenant: String? = nil) -> ClientConfiguration {
    var configuration = ClientConfiguration(host: "127.0.0.1", port: port)
    configuration.trustRootsPath = authorityPath
    configuration.token = token
    configuration.tenant = tenant
    return configuration
  }

  /// A system admin's client; in a tenant when one is named.
  package func asRoot<Result>(
    in tenant: String? = nil, _ body: (SignalboxClient) async throws -> Result
  ) async throws -> Result {
    try await SignalboxClient.withClient(configuration(token: rootToken, tenant: tenant), body)
  }

  package func with<Result>(
    _ configuration: ClientConfiguration, _ body: (SignalboxClient) async throws -> Result
  ) async throws -> Result {
    try await SignalboxClient.withClient(configuration, body)
  }

  package func with<Result>(
    token: String?, _ body: (SignalboxClient) async throws -> Result
  ) async throws -> Result {
    try await SignalboxClient.withClient(configuration(token: token), body)
  }
}
