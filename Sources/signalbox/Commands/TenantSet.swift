import ArgumentParser
import SignalboxClient

struct TenantSet: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change a tenant's settings; those that are not named stay.")

  @Argument(help: "Name of the tenant, for system admins; your own when left out.") var name: String?
  @OptionGroup(title: "Settings") var settings: TenantSettingsOptions
  @Option(
    help: ArgumentHelp(
      "Set a quota, as a system admin; `standard` for the server's own, 0 for as many as it can hold; may be repeated.",
      valueName: "quota=number"))
  var quota: [QuotaOption] = []
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var namedTenant: String? { name }

  func validate() throws {
    guard settings.areNamed || !quota.isEmpty else { throw ValidationError("name at least one setting to change") }
  }

  func run(in session: Session) async throws {
    let before = try await session.calls.getTenant(GetTenantRequest(), session.reading)
    var request = UpdateTenantSettingsRequest()
    // What is not named must not be sent as it was read: somebody else may change it meanwhile.
    if settings.areNamed { request.settings = try settings.applied(to: before.settings, session.surroundings) }
    if !quota.isEmpty { request.quotas.values = quota.reduce(before.quotas) { $1.applied(to: $0) } }
    let tenant = try await session.calls.updateTenantSettings(request, try write.options(session))
    try session.showChange(
      "\(write.verb("changed", "change")) the settings of tenant `\(tenant.name)`", TenantFormat.one(tenant),
      shown.output,
      dryRun: write.dryRun)
  }
}
