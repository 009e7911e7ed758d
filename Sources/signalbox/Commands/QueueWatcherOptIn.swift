import ArgumentParser
import SignalboxClient

struct QueueWatcherOptIn: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "opt-in", abstract: "Be told again, after having opted out.",
    discussion: """
      For the person that you are logged in as, or for the address whose mail held the token.
      """)

  @OptionGroup var watcher: OwnWatcherOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = OptInWatcherRequest()
    if let token = try watcher.mail.read(session.surroundings) {
      request.token = token
    } else {
      request.queue = watcher.queue ?? ""
    }
    let answer = try await session.calls.optInWatcher(request, try write.options(session))
    try session.showChange(
      "`\(answer.who)` \(write.verb("opted", "opt")) in to the mails of `\(answer.queue)`: \(WatcherFormat.news(answer))",
      WatcherFormat.one(answer), shown.output, dryRun: write.dryRun)
  }
}
