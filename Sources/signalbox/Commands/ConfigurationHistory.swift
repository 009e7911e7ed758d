import ArgumentParser
import SignalboxClient

struct ConfigurationHistory: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "List the versions of the configuration, newest first.",
    discussion: "A version that nobody applied is how the tenant was found when the next one was.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let versions = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListConfigurationVersionsRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listConfigurationVersions(request, session.reading)
      return (response.versions, response.nextPage)
    }
    try session.show(ConfigurationFormat.versions(versions), shown.output)
  }
}
