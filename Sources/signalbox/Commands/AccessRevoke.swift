import ArgumentParser
import SignalboxClient

struct AccessRevoke: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Take a granted role back.")

  @Argument(help: "Number of the grant, as `access list` shows it.") var grant: UInt64
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = RevokeGrantRequest()
    request.grant = grant
    let revoked = try await session.calls.revokeGrant(request, try write.options(session))
    try session.showChange(
      "\(write.verb("revoked", "revoke")) `\(revoked.role.word)` on \(revoked.place) of \(revoked.holder)",
      GrantFormat.one(revoked), shown.output, dryRun: write.dryRun)
  }
}
