import ArgumentParser
import SignalboxClient

struct AccessList: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the granted roles.")

  @Option(help: ArgumentHelp("Only those of this person, directly or by a group.", valueName: "handle")) var person:
    String?
  @Option(help: ArgumentHelp("Only those that hold in this queue.", valueName: "name")) var queue: String?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let grants = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListGrantsRequest()
      request.pageSize = size
      request.page = page
      request.person = person ?? ""
      request.queue = queue ?? ""
      let response = try await session.calls.listGrants(request, session.reading)
      return (response.grants, response.nextPage)
    }
    try session.show(GrantFormat.many(grants), shown.output)
  }
}
