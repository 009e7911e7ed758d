import ArgumentParser
import SignalboxClient

/// A command that talks to a server.
protocol ServerCommand: AsyncParsableCommand, Sendable {
  var connection: ConnectionOptions { get }
  /// The tenant that the command itself names; it wins over every setting.
  var namedTenant: String? { get }
  /// What to do next where the server says no to this command for a reason; it wins over what ``Hint`` says of it.
  var hints: [ErrorReason: String] { get }
  func run(in session: Session) async throws
}

extension ServerCommand {
  var namedTenant: String? { nil }
  var hints: [ErrorReason: String] { [:] }

  func run() async throws {
    do {
      try await Session.open(with: connection, tenant: namedTenant) { session in try await run(in: session) }
    } catch let error as ClientError {
      guard let reason = error.reason, let hint = hints[reason] else { throw error }
      throw HintedRefusal(error: error, hint: hint)
    }
  }
}
