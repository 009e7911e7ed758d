import ArgumentParser
import SignalboxClient

struct TenantCreate: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a tenant, as a system admin.")

  @Argument(help: "Short name, unique on the server.") var name: String
  @Option(help: ArgumentHelp("Name for people.", valueName: "text")) var displayName = ""
  @OptionGroup(title: "Settings") var settings: TenantSettingsOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = CreateTenantRequest()
    request.name = name
    request.displayName = displayName
    request.settings = try settings.applied(to: TenantSettings(), session.surroundings)
    let response = try await session.calls.createTenant(request, try write.options(session))
    try session.showChange(
      "\(write.verb("created", "create")) tenant `\(response.tenant.name)`", TenantFormat.one(response.tenant),
      shown.output,
      dryRun: write.dryRun)
  }
}
