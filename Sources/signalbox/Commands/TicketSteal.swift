import ArgumentParser
import SignalboxClient

struct TicketSteal: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "steal", abstract: "Make somebody else's ticket yours.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @Option(help: ArgumentHelp("Why, for its history.", valueName: "text")) var reason: String
  @OptionGroup(title: "Change") var version: ExpectedVersionOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = StealTicketRequest()
    request.number = number
    request.reason = reason
    request.expectedVersion = try await version.resolve(number, session)
    let ticket = try await session.calls.stealTicket(request, try write.options(session)).ticket
    try session.showChange(
      "\(write.verb("stole", "steal")) ticket \(ticket.number): in queue `\(ticket.queue)`, assigned to \(ticket.assignee)",
      TicketFormat.one(ticket), shown.output, dryRun: write.dryRun)
  }
}
