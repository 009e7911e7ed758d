import ArgumentParser
import SignalboxClient

struct QueueWatcherOptIn: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "opt-in", abstract: "Be told again, after having opted out.",
    discussion: """
      For the person that you are logged in as, or for the address whose mail held the token.
      """)

  @Argument(help: "Name of the queue.") var queue: String?
  @Option(
    help: ArgumentHelp("File with the token of the address's mail; `-` for standard input.", valueName: "path"),
    completion: .file())
  var mailTokenFile: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard (queue != nil) != (mailTokenFile != nil) else {
      throw ValidationError("give QUEUE, or --mail-token-file PATH")
    }
  }

  func run(in session: Session) async throws {
    var request = OptInWatcherRequest()
    if let mailTokenFile {
      request.token = try MailToken.read(mailTokenFile, session)
    } else {
      request.queue = queue ?? ""
    }
    let watcher = try await session.calls.optInWatcher(request, try write.options(session))
    try session.showChange(
      "`\(watcher.who)` \(write.verb("opted", "opt")) in to the mails of `\(watcher.queue)`: \(WatcherFormat.news(watcher))",
      WatcherFormat.one(watcher), shown.output, dryRun: write.dryRun)
  }
}
