import ArgumentParser
import SignalboxClient

struct QueueWatcherRemove: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Have somebody told no more.",
    discussion: """
      Whoever opted out stays in the list, so that nobody adds them again.
      """)

  @Argument(help: "Name of the queue.") var queue: String
  @Argument(help: ArgumentHelp("Person or bare address.", valueName: "handle|address")) var who: String
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = RemoveWatcherRequest()
    request.queue = queue
    request.who = who
    let watcher = try await session.calls.removeWatcher(request, try write.options(session))
    try session.showChange(
      "\(write.verb("removed", "remove")) `\(watcher.who)` from the watchers of `\(queue)`", WatcherFormat.one(watcher),
      shown.output, dryRun: write.dryRun)
  }
}
