import ArgumentParser
import SignalboxClient

struct QueueRetire: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Let no more tickets into a queue, for good.",
    discussion: """
      Refused while the rules name the queue or open tickets are in it. With --redirect-to these tickets move, and \
      rules that name the queue lead to the other one; its keywords no longer count.
      """)

  @Argument(help: "Name of the queue.") var name: String
  @Option(help: ArgumentHelp("Active queue that gets what was meant for this one.", valueName: "queue"))
  var redirectTo = ""
  @OptionGroup(title: "Change") var confirmation: ConfirmOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    try confirmation.confirm("retire queue `\(name)`", dryRun: write.dryRun, session.surroundings)
    var request = RetireQueueRequest()
    request.name = name
    request.redirectTo = redirectTo
    let queue = try await session.calls.retireQueue(request, try write.options(session))
    let redirect = queue.redirect.isEmpty ? "" : "; its open tickets and its rules lead to `\(queue.redirect)`"
    try session.showChange(
      "\(write.verb("retired", "retire")) queue `\(queue.name)`\(redirect)", QueueFormat.one(queue), shown.output,
      dryRun: write.dryRun)
  }
}
