import ArgumentParser
import SignalboxClient

struct ConfigurationRollback: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Make the tenant be as it was right after a version.",
    discussion: """
      Shows the plan and asks first. It makes a new version. Tickets stay where they are, and tokens that were revoked \
      with their people stay revoked.
      """)

  @Argument(help: "Number of the version.") var version: UInt64
  @Option(help: ArgumentHelp("Why, for the history.", valueName: "text")) var reason = ""
  @OptionGroup(title: "Removal") var removal: RemovalOptions
  @OptionGroup(title: "Change") var confirmation: ConfirmOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var look = PlanConfigurationRequest()
    look.version = version
    look.force = removal.force
    look.redirects = removal.queueRedirects
    let plan = try await session.reviewed(look, confirmation, dryRun: write.dryRun, shown.output)
    guard let plan else { return try session.showNoDifferences(shown.output) }
    var request = RollbackConfigurationRequest()
    request.version = version
    request.expectedVersion = plan.version
    request.reason = reason
    request.force = removal.force
    request.redirects = removal.queueRedirects
    let response = try await session.calls.rollbackConfiguration(request, try write.options(session))
    try session.show(response, plan, shown.output, write)
  }
}
