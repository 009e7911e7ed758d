import ArgumentParser
import SignalboxClient

struct QueueApprove: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approve registrations, which makes their queues.")

  @Argument(help: "Numbers of the registrations.") var registrations: [UInt64]
  @Option(help: ArgumentHelp("A word to the asker.", valueName: "text")) var answer = ""
  @Flag(help: "Answer for the bare addresses among the watchers: they need not confirm themselves.")
  var confirmAddresses = false
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] {
    [
      .registrationDecided:
        "`signalbox queue registration ID` shows how it was decided; one that was approved is a queue already"
    ]
  }

  func validate() throws {
    guard Set(registrations).count == registrations.count else {
      throw ValidationError("a registration is named twice")
    }
  }

  func run(in session: Session) async throws {
    for (index, registration) in registrations.enumerated() {
      var request = ApproveQueueRegistrationRequest()
      request.registration = registration
      request.answer = answer
      request.confirmAddresses = confirmAddresses
      let options = try write.options(session, line: registrations.count > 1 ? index + 1 : nil)
      let response = try await session.calls.approveQueue(request, options)
      try session.showChange(
        "\(write.verb("approved", "approve")) registration \(registration): queue `\(response.queue.name)` \(write.dryRun ? "would be" : "is") active",
        QueueFormat.one(response.queue), shown.output, dryRun: write.dryRun)
    }
  }
}
