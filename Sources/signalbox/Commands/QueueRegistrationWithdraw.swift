import ArgumentParser
import SignalboxClient

struct QueueRegistrationWithdraw: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take a registration back, for good; the queue may be asked for again.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @Option(help: ArgumentHelp("Why.", valueName: "text")) var answer = ""
  @OptionGroup(title: "Change") var confirmation: ConfirmOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    try confirmation.confirm("withdraw registration \(registration)", dryRun: write.dryRun, session.surroundings)
    var request = WithdrawQueueRegistrationRequest()
    request.registration = registration
    request.answer = answer
    let withdrawn = try await session.calls.withdrawRegistration(request, try write.options(session))
    try session.showChange(
      "\(write.verb("withdrew", "withdraw")) registration \(registration), queue `\(withdrawn.queue.name)`",
      QueueFormat.registration(withdrawn), shown.output, dryRun: write.dryRun)
  }
}
