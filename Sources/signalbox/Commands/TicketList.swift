import ArgumentParser
import SignalboxClient

struct TicketList: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tickets you may browse, newest first.")

  @Option(help: ArgumentHelp("Only tickets of this queue.", valueName: "name")) var queue = ""
  @Option(help: ArgumentHelp("Only tickets assigned to this person.", valueName: "handle")) var assignee = ""
  @Flag(help: "Only tickets nobody is assigned to.") var unassigned = false
  @Option(help: "Only tickets in this status.") var status: Choice<TicketStatus>?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if unassigned && !assignee.isEmpty { throw ValidationError("give --assignee or --unassigned, not both") }
  }

  func run(in session: Session) async throws {
    let tickets = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListTicketsRequest()
      request.pageSize = size
      request.page = page
      request.queue = queue
      request.assignee = assignee
      request.unassigned = unassigned
      if let status { request.status = status.value }
      let response = try await session.calls.listTickets(request, session.reading)
      return (response.tickets, response.nextPage)
    }
    try session.show(TicketFormat.many(tickets), shown.output)
  }
}
