import ArgumentParser
import SignalboxClient

struct QueueList: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the queues.")

  @Option(help: ArgumentHelp("Only queues of this organization.", valueName: "name")) var organization = ""
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let queues = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListQueuesRequest()
      request.pageSize = size
      request.page = page
      request.organization = organization
      let response = try await session.calls.listQueues(request, session.reading)
      return (response.queues, response.nextPage)
    }
    try session.show(QueueFormat.many(queues), shown.output)
  }
}
