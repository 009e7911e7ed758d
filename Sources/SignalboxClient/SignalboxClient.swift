public import ServiceLifecycle
import SignalboxWire

/// A client of one Signalbox server.
///
/// Calls work while `run` does, from any task, up to 128 at the same time on each connection; 1,000 more wait in order,
/// and further ones fail with `overloaded`. What is lost or refused in a way that the protocol calls safe to repeat is
/// repeated, up to four times and within the call's timeout, under the same idempotency key; nothing else is.
///
///     try await SignalboxClient.withClient(ClientConfiguration(host: "localhost", port: 7443)) { client in
///       var request = GetTicketRequest()
///       request.number = 4711
///       print(try await client.tickets.get(request).subject)
///     }
///
/// While no server was ever reached, a failed attempt to connect fails the calls that wait. Later on calls wait
/// through an outage as long as their timeout lasts, and watches as long as it takes.
///
/// When the server does not, or no longer, accept who speaks (a token that is unknown, was revoked or has expired), the
/// client stops: every call and watch fails with `unauthenticated`. Make a new client with another token.
public final class SignalboxClient: Service, Sendable {
  private let configuration: ClientConfiguration
  private let clock: ClientClock
  private let transport: @Sendable () throws -> Transport
  private let pool: ConnectionPool
  let runner: CallRunner

  /// Connects to nothing yet: `run` does.
  public convenience init(_ configuration: ClientConfiguration) {
    self.init(configuration, clock: .system) { try Transport.network(configuration) }
  }

  /// With another way to connect and another clock, for tests.
  package init(
    _ configuration: ClientConfiguration, clock: ClientClock, transport: @escaping @Sendable () throws -> Transport
  ) {
    self.configuration = configuration
    self.clock = clock
    self.transport = transport
    pool = ConnectionPool(connections: configuration.connectionCount, clock: clock)
    runner = CallRunner(configuration, pool: pool, clock: clock)
  }

  /// Keeps the connections until the task is cancelled or shut down gracefully. Cancelled, it closes them at once and
  /// calls fail; shut down gracefully, it lets calls finish first and ends watches. Call it once.
  ///
  /// Throws `ClientError` at once if the configuration cannot be used. A server that is not there is no error here:
  /// it is tried again, at growing intervals of up to 10 seconds.
  public func run() async throws {
    guard pool.run() else {
      throw ClientError(code: .failedPrecondition, message: "this client has been run before; make a new one")
    }
    let transport: Transport
    do {
      transport = try usableTransport()
    } catch {
      let error = ConnectionEnding(error, configuration.address).error
      pool.stop(.close, error)
      throw error
    }
    let pool = pool
    await withTaskCancellationHandler {
      await withGracefulShutdownHandler {
        await keepConnections(transport)
      } onGracefulShutdown: {
        pool.stop(.leave)
      }
    } onCancel: {
      pool.stop(.close)
    }
  }

  private func keepConnections(_ transport: Transport) async {
    let keeper = ConnectionKeeper(pool: pool, transport: transport, clock: clock, configuration: configuration)
    await withDiscardingTaskGroup { group in
      for _ in 0..<configuration.connectionCount { group.addTask { await keeper.run() } }
      await pool.stopped.value
      // Wakes those that wait before they try again.
      group.cancelAll()
    }
  }

  private func usableTransport() throws -> Transport {
    let count = configuration.token?.utf8.count ?? 0
    guard count <= ClientLimits.tokenBytes else {
      throw ClientError(
        code: .invalidArgument,
        message: "the token has \(count) bytes and at most \(ClientLimits.tokenBytes) are allowed")
    }
    return try transport()
  }

  /// Runs a client for as long as `body` takes. Calls that `body` leaves behind in tasks of their own are finished;
  /// watches are ended.
  public static func withClient<Result>(
    _ configuration: ClientConfiguration, _ body: (SignalboxClient) async throws -> Result
  ) async throws -> Result {
    try await SignalboxClient(configuration).running(body)
  }

  package func running<Result>(_ body: (SignalboxClient) async throws -> Result) async throws -> Result {
    try await withThrowingTaskGroup(of: Void.self) { group in
      // What it throws, every call throws too.
      group.addTask { try? await self.run() }
      defer { pool.stop(.leave) }
      return try await body(self)
    }
  }
}
