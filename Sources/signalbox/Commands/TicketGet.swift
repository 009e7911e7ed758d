import ArgumentParser
import SignalboxClient

struct TicketGet: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Show a ticket with its text.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = GetTicketRequest()
    request.number = number
    let ticket = try await session.calls.getTicket(request, session.reading)
    try session.show(TicketFormat.one(ticket), shown.output)
  }
}
