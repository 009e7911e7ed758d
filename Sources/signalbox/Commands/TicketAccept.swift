import ArgumentParser
import SignalboxClient

struct TicketAccept: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Take a ticket that is offered to you.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @OptionGroup(title: "Change") var version: ExpectedVersionOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = AcceptTicketRequest()
    request.number = number
    request.expectedVersion = try await version.resolve(number, session)
    let ticket = try await session.calls.acceptTicket(request, try write.options(session)).ticket
    try session.showChange(
      "\(write.verb("accepted", "accept")) ticket \(ticket.number) of queue `\(ticket.queue)`: assigned to \(ticket.assignee)",
      TicketFormat.one(ticket), shown.output, dryRun: write.dryRun)
  }
}
