import ArgumentParser
import SignalboxClient

struct QueueRegistrationShow: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a registration: what was asked for and what became of it.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = GetQueueRegistrationRequest()
    request.registration = registration
    let registration = try await session.calls.getRegistration(request, session.reading)
    try session.show(QueueFormat.registration(registration), shown.output)
  }
}
