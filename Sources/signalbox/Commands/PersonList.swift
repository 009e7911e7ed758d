import ArgumentParser
import SignalboxClient

struct PersonList: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the people.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let people = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListPeopleRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listPeople(request, session.reading)
      return (response.people, response.nextPage)
    }
    try session.show(PersonFormat.many(people), shown.output)
  }
}
