import ArgumentParser

/// A command that talks to a server.
protocol ServerCommand: AsyncParsableCommand, Sendable {
  var connection: ConnectionOptions { get }
  /// The tenant that the command itself names; it wins over every setting.
  var namedTenant: String? { get }
  func run(in session: Session) async throws
}

extension ServerCommand {
  var namedTenant: String? { nil }

  func run() async throws {
    try await Session.open(with: connection, tenant: namedTenant) { session in try await run(in: session) }
  }
}
