import ArgumentParser
import SignalboxClient

struct AccessExplain: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why somebody may or may not do something.",
    discussion: """
      `signalbox access explain ada steal queue:Delta` asks about a queue, `ticket:117` about a ticket, `tenant` about \
      the whole tenant. `me` asks about yourself.
      """)

  @Argument(help: "Log-in name, or `me`.") var person: String
  @Argument(help: "What is to be done.") var right: Choice<Right>
  @Argument(help: ArgumentHelp("`tenant`, `queue:NAME` or `ticket:NUMBER`.", valueName: "target")) var target: String
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws { _ = try request() }

  func run(in session: Session) async throws {
    let answer = try await session.calls.explainAccess(try request(), session.reading)
    try session.show(
      AccessFormat.answer(answer, person: person, right: right.value.word, target: target), shown.output)
  }

  private func request() throws -> ExplainAccessRequest {
    var request = ExplainAccessRequest()
    if person != "me" { request.person = person }
    request.right = right.value
    let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.dropFirst().first) {
    case ("tenant", nil): request.tenant = true
    case ("queue", let name?): request.queue = name
    case ("ticket", let number?):
      guard let number = UInt64(number) else { throw ValidationError("`\(number)` is not the number of a ticket") }
      request.ticket = number
    default: throw ValidationError("the target is `tenant`, `queue:NAME` or `ticket:NUMBER`, not `\(target)`")
    }
    return request
  }
}
