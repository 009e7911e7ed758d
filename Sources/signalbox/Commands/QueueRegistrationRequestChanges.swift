import ArgumentParser
import SignalboxClient

struct QueueRegistrationRequestChanges: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "request-changes", abstract: "Give a registration back to its asker, as a tenant admin.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @Option(help: ArgumentHelp("What is to be changed.", valueName: "text")) var answer: String
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = RequestRegistrationChangesRequest()
    request.registration = registration
    request.answer = answer
    let returned = try await session.calls.requestChanges(request, try write.options(session))
    try session.showChange(
      "\(write.verb("requested", "request")) changes of registration \(registration), queue `\(returned.queue.name)`",
      QueueFormat.registration(returned), shown.output, dryRun: write.dryRun)
  }
}
