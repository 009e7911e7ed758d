import ArgumentParser
import SignalboxClient

struct QueueWatcherAdd: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Have somebody told by e-mail of what happens in a queue.",
    discussion: """
      A person who browses the queue may add themself, others need the right `manage_watchers`. A bare address gets one \
      mail, by which it confirms or opts out, and no other until it is confirmed.
      """)

  @Argument(help: "Name of the queue.") var queue: String
  @Argument(help: ArgumentHelp("Person or bare address.", valueName: "handle|address")) var who: String
  @Option(
    name: .customLong("event"),
    help: ArgumentHelp("What to tell of; all but notes when left out; repeat for more.", valueName: "event"))
  var events: [Choice<WatcherEvent>] = []
  @Flag(help: "Answer for the address, as a tenant admin: it need not confirm itself.") var confirm = false
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] {
    [.alreadyExists: "say what it is told of with `signalbox queue watcher set \(queue) \(who) --event EVENT`"]
  }

  func run(in session: Session) async throws {
    var request = AddWatcherRequest()
    request.queue = queue
    request.who = who
    request.events = events.map(\.value)
    request.confirm = confirm
    let watcher = try await session.calls.addWatcher(request, try write.options(session))
    try session.showChange(
      "\(write.verb("added", "add")) `\(watcher.who)` to the watchers of `\(queue)`: \(WatcherFormat.news(watcher))",
      WatcherFormat.one(watcher), shown.output, dryRun: write.dryRun)
  }
}
