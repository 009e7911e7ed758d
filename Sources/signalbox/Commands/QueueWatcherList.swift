import ArgumentParser
import SignalboxClient

struct QueueWatcherList: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List who is told of what happens in a queue.")

  @Argument(help: "Name of the queue.") var queue: String
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = ListWatchersRequest()
    request.queue = queue
    let response = try await session.calls.listWatchers(request, session.reading)
    try session.show(WatcherFormat.many(response.watchers), shown.output)
  }
}
