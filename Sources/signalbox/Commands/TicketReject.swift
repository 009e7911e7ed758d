import ArgumentParser
import SignalboxClient

struct TicketReject: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Pass on a ticket that is offered to you.",
    discussion: "The next one is offered it; you are not asked again, but may still take it.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @Option(help: ArgumentHelp("Why, for its history.", valueName: "text")) var reason = ""
  @OptionGroup(title: "Change") var version: ExpectedVersionOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = RejectTicketRequest()
    request.number = number
    request.reason = reason
    request.expectedVersion = try await version.resolve(number, session)
    let ticket = try await session.calls.rejectTicket(request, try write.options(session)).ticket
    try session.showChange(
      TicketFormat.whereabouts(of: ticket, dryRun: write.dryRun), TicketFormat.one(ticket), shown.output,
      dryRun: write.dryRun)
  }
}
