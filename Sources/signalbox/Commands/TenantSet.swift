import ArgumentParser
import SignalboxClient

struct TenantSet: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change a tenant's settings; those that are not named stay.")

  @Argument(help: "Name of the tenant, for system admins; your own when left out.") var name: String?
  @OptionGroup(title: "Settings") var settings: TenantSettingsOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var namedTenant: String? { name }

  func validate() throws {
    guard settings.areNamed else { throw ValidationError("name at least one setting to change") }
  }

  func run(in session: Session) async throws {
    let before = try await session.calls.getTenant(GetTenantRequest(), session.reading)
    var request = UpdateTenantSettingsRequest()
    request.settings = try settings.applied(to: before.settings, session.surroundings)
    let tenant = try await session.calls.updateTenantSettings(request, try write.options(session))
    try session.showChange(
      "\(write.verb("changed", "change")) the settings of tenant `\(tenant.name)`", TenantFormat.one(tenant),
      shown.output,
      dryRun: write.dryRun)
  }
}
