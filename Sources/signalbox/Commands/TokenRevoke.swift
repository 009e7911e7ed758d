import ArgumentParser
import SignalboxClient

struct TokenRevoke: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Make a token worthless, for good.")

  @Argument(help: "Name of the token.") var name: String
  @OptionGroup(title: "Change") var confirmation: ConfirmOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    try confirmation.confirm("revoke token `\(name)`", dryRun: write.dryRun, session.surroundings)
    var request = RevokeTokenRequest()
    request.name = name
    let response = try await session.calls.revokeToken(request, try write.options(session))
    try session.showChange(
      "\(write.verb("revoked", "revoke")) token `\(response.token.name)`", TokenFormat.one(response.token),
      shown.output,
      dryRun: write.dryRun)
  }
}
