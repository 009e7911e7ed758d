import ArgumentParser
import SignalboxClient

struct QueueRegistrations: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "registrations", abstract: "List the registrations you may see.")

  @Option(help: "Only registrations in this state.") var state: Choice<RegistrationState>?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let registrations = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListQueueRegistrationsRequest()
      request.pageSize = size
      request.page = page
      if let state { request.state = state.value }
      let response = try await session.calls.listRegistrations(request, session.reading)
      return (response.registrations, response.nextPage)
    }
    try session.show(QueueFormat.registrations(registrations), shown.output)
  }
}
