import ArgumentParser
import SignalboxClient

struct QueueWatcherOptOut: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "opt-out", abstract: "Be told no more; nobody else can undo it.",
    discussion: """
      For the person that you are logged in as, or for the address whose mail held the token.
      """)

  @OptionGroup var watcher: OwnWatcherOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = OptOutWatcherRequest()
    if let token = try watcher.mail.read(session.surroundings) {
      request.token = token
    } else {
      request.queue = watcher.queue ?? ""
    }
    let answer = try await session.calls.optOutWatcher(request, try write.options(session))
    try session.showChange(
      "`\(answer.who)` \(write.verb("opted", "opt")) out of the mails of `\(answer.queue)`: \(WatcherFormat.news(answer))",
      WatcherFormat.one(answer), shown.output, dryRun: write.dryRun)
  }
}
