import ArgumentParser
import SignalboxClient

struct QueueWatcherConfirm: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Let a bare address be told.",
    discussion: """
      Either by the token of the mail that the address got, or by a tenant admin who answers for it.
      """)

  @Argument(help: "Name of the queue.") var queue: String?
  @Argument(help: "The address, for which you answer as a tenant admin.") var address: String?
  @OptionGroup var mail: MailTokenOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard (address != nil) != (mail.mailTokenFile != nil), (queue != nil) == (address != nil) else {
      throw ValidationError("give QUEUE and ADDRESS, or --mail-token-file PATH")
    }
  }

  func run(in session: Session) async throws {
    var request = ConfirmWatcherRequest()
    if let token = try mail.read(session.surroundings) {
      request.token = token
    } else {
      request.watcher.queue = queue ?? ""
      request.watcher.who = address ?? ""
    }
    let watcher = try await session.calls.confirmWatcher(request, try write.options(session))
    try session.showChange(
      "\(write.verb("confirmed", "confirm")) `\(watcher.who)` as a watcher of `\(watcher.queue)`: \(WatcherFormat.news(watcher))",
      WatcherFormat.one(watcher), shown.output, dryRun: write.dryRun)
  }
}
