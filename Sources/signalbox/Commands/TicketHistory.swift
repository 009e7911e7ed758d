import ArgumentParser
import SignalboxClient

struct TicketHistory: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show what happened to a ticket, oldest first.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let events = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = GetTicketHistoryRequest()
      request.number = number
      request.pageSize = size
      request.page = page
      let response = try await session.calls.ticketHistory(request, session.reading)
      return (response.events, response.nextPage)
    }
    try session.show(EventFormat.history(events), shown.output)
  }
}
