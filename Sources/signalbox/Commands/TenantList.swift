import ArgumentParser
import SignalboxClient

struct TenantList: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tenants, as a system admin.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let tenants = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListTenantsRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listTenants(request, session.reading)
      return (response.tenants, response.nextPage)
    }
    try session.show(TenantFormat.many(tenants), shown.output)
  }
}
