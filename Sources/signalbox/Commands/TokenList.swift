import ArgumentParser
import SignalboxClient

struct TokenList: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens, without their secrets.")

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let tokens = try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListTokensRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listTokens(request, session.reading)
      return (response.tokens, response.nextPage)
    }
    try session.show(TokenFormat.many(tokens), shown.output)
  }
}
