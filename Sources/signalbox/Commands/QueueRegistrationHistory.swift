import ArgumentParser
import SignalboxClient

struct QueueRegistrationHistory: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show what happened to a registration, comments included, oldest first.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let events = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = GetRegistrationHistoryRequest()
      request.registration = registration
      request.pageSize = size
      request.page = page
      let response = try await session.calls.registrationHistory(request, session.reading)
      return (response.events, response.nextPage)
    }
    try session.show(EventFormat.registration(events), shown.output)
  }
}
