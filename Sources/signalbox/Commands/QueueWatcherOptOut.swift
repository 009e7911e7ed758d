import ArgumentParser
import SignalboxClient

struct QueueWatcherOptOut: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "opt-out", abstract: "Be told no more; nobody else can undo it.",
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
    var request = OptOutWatcherRequest()
    if let mailTokenFile {
      request.token = try MailToken.read(mailTokenFile, session)
    } else {
      request.queue = queue ?? ""
    }
    let watcher = try await session.calls.optOutWatcher(request, try write.options(session))
    try session.showChange(
      "`\(watcher.who)` \(write.verb("opted", "opt")) out of the mails of `\(watcher.queue)`: \(WatcherFormat.news(watcher))",
      WatcherFormat.one(watcher), shown.output, dryRun: write.dryRun)
  }
}
