import ArgumentParser
import SignalboxClient

struct RulesList: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the rule sets that are kept, the newest first.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let sets = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListRuleSetsRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listRuleSets(request, session.reading)
      return (response.ruleSets, response.nextPage)
    }
    try session.show(RulesFormat.many(sets), shown.output)
  }
}
