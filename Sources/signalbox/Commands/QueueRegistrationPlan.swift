import ArgumentParser
import SignalboxClient

struct QueueRegistrationPlan: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what an approval would create and who would gain which right, as an admin.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = PlanQueueRegistrationRequest()
    request.registration = registration
    let plan = try await session.calls.planRegistration(request, session.reading)
    try session.show(LintFormat.plan(plan), shown.output)
  }
}
