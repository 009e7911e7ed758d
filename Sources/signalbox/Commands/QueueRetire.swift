import ArgumentParser
import SignalboxClient

struct QueueRetire: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Let no more tickets into a queue, for good.")

  @Argument(help: "Name of the queue.") var name: String
  @OptionGroup(title: "Change") var confirmation: ConfirmOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    try confirmation.confirm("retire queue `\(name)`", dryRun: write.dryRun, session.surroundings)
    var request = RetireQueueRequest()
    request.name = name
    let queue = try await session.calls.retireQueue(request, try write.options(session))
    try session.showChange(
      "\(write.verb("retired", "retire")) queue `\(queue.name)`", QueueFormat.one(queue), shown.output,
      dryRun: write.dryRun)
  }
}
