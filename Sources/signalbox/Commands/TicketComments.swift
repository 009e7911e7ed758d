import ArgumentParser
import SignalboxClient

struct TicketComments: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "comments", abstract: "Show what was written on a ticket, oldest first.",
    discussion: "Notes are among them for those who hold the right `note` where the ticket is.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let comments = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListTicketCommentsRequest()
      request.number = number
      request.pageSize = size
      request.page = page
      let response = try await session.calls.ticketComments(request, session.reading)
      return (response.comments, response.nextPage)
    }
    try session.show(CommentFormat.many(comments), shown.output)
  }
}
