import NIOCore
import SignalboxWire

@testable import SignalboxClient

/// A client that runs, and the network it runs on.
struct Scene: Sendable {
  let client: SignalboxClient
  let network: TestNetwork
  let clock: TestClock

  static func play(
    _ attempts: [TestNetwork.Attempt] = [.connects], configure: (inout ClientConfiguration) -> Void = { _ in },
    _ body: (Scene) async throws -> Void
  ) async throws {
    let clock = TestClock()
    let network = TestNetwork(clock.loop, attempts)
    var configuration = ClientConfiguration(host: "signalbox.example", port: 7443)
    configure(&configuration)
    let client = SignalboxClient(configuration, clock: clock.clock) { network.transport }
    defer { network.close() }
    try await client.running { client in
      try await body(Scene(client: client, network: network, clock: clock))
    }
  }

  /// A call that goes on while the test plays the server.
  func begin<Result: Sendable>(
    _ call: @escaping @Sendable (SignalboxClient) async throws -> Result
  ) -> Task<Result, any Error> {
    let client = client
    return Task { try await call(client) }
  }
}

/// The error of a call that must fail.
func failure<Success: Sendable>(_ task: Task<Success, any Error>) async -> (any Error)? {
  switch await task.result {
  case .success: nil
  case .failure(let error): error
  }
}

func clientError<Success: Sendable>(_ task: Task<Success, any Error>) async -> ClientError? {
  await failure(task) as? ClientError
}
