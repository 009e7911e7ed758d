import ArgumentParser
import SignalboxClient

struct OrganizationList: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the organizations.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let organizations = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListOrganizationsRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listOrganizations(request, session.reading)
      return (response.organizations, response.nextPage)
    }
    try session.show(OrganizationFormat.many(organizations), shown.output)
  }
}
