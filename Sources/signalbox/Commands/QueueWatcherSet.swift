import ArgumentParser
import SignalboxClient

struct QueueWatcherSet: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Say what a watcher is told of from now on.")

  @Argument(help: "Name of the queue.") var queue: String
  @Argument(help: ArgumentHelp("Person or bare address.", valueName: "handle|address")) var who: String
  @Option(
    name: .customLong("event"),
    help: ArgumentHelp("What to tell of; repeat for more.", valueName: "event"))
  var events: [Choice<WatcherEvent>] = []
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if events.isEmpty { throw ValidationError("give --event EVENT at least once") }
  }

  func run(in session: Session) async throws {
    var request = UpdateWatcherRequest()
    request.queue = queue
    request.who = who
    request.events = events.map(\.value)
    let watcher = try await session.calls.updateWatcher(request, try write.options(session))
    try session.showChange(
      "\(write.verb("changed", "change")) watcher `\(watcher.who)` of `\(queue)`: \(WatcherFormat.news(watcher))",
      WatcherFormat.one(watcher), shown.output, dryRun: write.dryRun)
  }
}
