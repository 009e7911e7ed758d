import ArgumentParser
import SignalboxClient

struct QueueRegistrationLint: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract:
      "Say what is wrong or doubtful about a registration, with numbers from past tickets; ends with 1 on errors.",
    discussion: "`signalbox queue register … --lint` says the same of what is not sent yet.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = LintQueueRegistrationRequest()
    request.registration = registration
    try await Self.run(request, session, shown.output)
  }

  static func run(_ request: LintQueueRegistrationRequest, _ session: Session, _ output: OutputFormat) async throws {
    let response = try await session.calls.lintRegistration(request, session.reading)
    try session.show(LintFormat.one(response), output)
    if response.findings.contains(where: { $0.severity == .error }) { throw CommandFailure(.answeredNo, "") }
  }
}
