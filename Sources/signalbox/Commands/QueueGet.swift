import ArgumentParser
import SignalboxClient

struct QueueGet: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Show a queue, who works in it and what belongs there.")

  @Argument(help: "Name of the queue.") var name: String
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = GetQueueRequest()
    request.name = name
    let queue = try await session.calls.getQueue(request, session.reading)
    try session.show(QueueFormat.one(queue), shown.output)
  }
}
