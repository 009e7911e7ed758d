import ArgumentParser
import SignalboxClient

struct QueueRegistrationSubmit: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Hand a draft, or what was changed on request, to the tenant's admins.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = SubmitQueueRegistrationRequest()
    request.registration = registration
    let submitted = try await session.calls.submitRegistration(request, try write.options(session))
    try session.showChange(
      "\(write.verb("submitted", "submit")) registration \(registration), queue `\(submitted.queue.name)`",
      QueueFormat.registration(submitted), shown.output, dryRun: write.dryRun)
  }
}
