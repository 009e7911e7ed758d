import ArgumentParser
import SignalboxClient

struct AgentList: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the agents of the queues you may browse, with what they have open.")

  @Option(help: ArgumentHelp("Only agents of this queue.", valueName: "name")) var queue = ""
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let agents = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListAgentsRequest()
      request.pageSize = size
      request.page = page
      request.queue = queue
      let response = try await session.calls.listAgents(request, session.reading)
      return (response.agents, response.nextPage)
    }
    try session.show(AgentFormat.many(agents), shown.output)
  }
}
