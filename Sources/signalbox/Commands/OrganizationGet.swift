import ArgumentParser
import SignalboxClient

struct OrganizationGet: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Show an organization.")

  @Argument(help: "Name of the organization.") var name: String
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = GetOrganizationRequest()
    request.name = name
    let organization = try await session.calls.getOrganization(request, session.reading)
    try session.show(OrganizationFormat.one(organization), shown.output)
  }
}
