import ArgumentParser
import SignalboxClient

struct RulesHistory: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show which rule set was in force when, by whom and why, the newest first.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    try session.show(
      RulesFormat.activations(try await Self.activations(limit: list.limit, in: session)), shown.output)
  }

  static func activations(limit: Int, in session: Session) async throws -> [RuleActivation] {
    try await Paging.collect(limit: limit, in: session) { size, page in
      var request = ListRuleActivationsRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listRuleActivations(request, session.reading)
      return (response.activations, response.nextPage)
    }
  }
}
