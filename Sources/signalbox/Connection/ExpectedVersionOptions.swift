import ArgumentParser
import SignalboxClient

/// The flag that keeps a change from hitting a ticket which somebody else changed meanwhile.
struct ExpectedVersionOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Only when the ticket is still at this version; when left out, the version it has at the time of the command.",
      valueName: "version"))
  var expectedVersion: UInt64?

  /// The version named, or else that of the ticket as it is now.
  func resolve(_ number: UInt64, _ session: Session) async throws -> UInt64 {
    if let expectedVersion { return expectedVersion }
    var request = GetTicketRequest()
    request.number = number
    return try await session.calls.getTicket(request, session.reading).version
  }
}
