import ArgumentParser
import SignalboxClient

struct GroupList: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the groups.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let groups = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListGroupsRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listGroups(request, session.reading)
      return (response.groups, response.nextPage)
    }
    try session.show(GroupFormat.many(groups), shown.output)
  }
}
