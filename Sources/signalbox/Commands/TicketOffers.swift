import ArgumentParser
import SignalboxClient

struct TicketOffers: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "offers", abstract: "List the tickets that are offered to you.",
    discussion: "Answer with `signalbox ticket accept` or `signalbox ticket reject` before the time that is shown.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let offers = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListOffersRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listOffers(request, session.reading)
      return (response.offers, response.nextPage)
    }
    try session.show(AgentFormat.offers(offers), shown.output)
  }
}
