import ArgumentParser
import SignalboxClient

struct QueueDecline: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Decline a registration, for good; the asker may ask again.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @Option(help: ArgumentHelp("The reason, which the asker is owed.", valueName: "text")) var answer: String
  @OptionGroup(title: "Change") var confirmation: ConfirmOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    try confirmation.confirm("decline registration \(registration)", dryRun: write.dryRun, session.surroundings)
    var request = DeclineQueueRegistrationRequest()
    request.registration = registration
    request.answer = answer
    let declined = try await session.calls.declineQueue(request, try write.options(session))
    try session.showChange(
      "\(write.verb("declined", "decline")) registration \(registration), queue `\(declined.queue.name)`",
      QueueFormat.registration(declined), shown.output, dryRun: write.dryRun)
  }
}
