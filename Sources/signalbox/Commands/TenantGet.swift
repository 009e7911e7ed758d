import ArgumentParser
import SignalboxClient

struct TenantGet: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Show a tenant and its settings.")

  @Argument(help: "Name of the tenant, for system admins; your own when left out.") var name: String?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var namedTenant: String? { name }

  func run(in session: Session) async throws {
    let tenant = try await session.calls.getTenant(GetTenantRequest(), session.reading)
    try session.show(TenantFormat.one(tenant), shown.output)
  }
}
