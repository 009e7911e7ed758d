import ArgumentParser
import SignalboxClient

struct QueueWatcherResend: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "resend", abstract: "Send a bare address its mail again, with another token.")

  @Argument(help: "Name of the queue.") var queue: String
  @Argument(help: "The address.") var address: String
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = SendWatcherConfirmationRequest()
    request.queue = queue
    request.who = address
    let watcher = try await session.calls.sendWatcherConfirmation(request, try write.options(session))
    try session.showChange(
      "\(write.verb("sent", "send")) `\(watcher.who)` its mail as a watcher of `\(queue)`; the token it had is void",
      WatcherFormat.one(watcher), shown.output, dryRun: write.dryRun)
  }
}
