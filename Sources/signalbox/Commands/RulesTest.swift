import ArgumentParser
import SignalboxClient

struct RulesTest: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run the tests that a rule set has in its text; ends with 1 when one fails.",
    discussion:
      "`signalbox rules put` and `signalbox rules activate` run them first, and change nothing when one fails.")

  @Argument(help: "\(RuleSource.help); the active set when left out.", completion: .file()) var rules: String?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] { RuleSource.hints([rules]) }

  func run(in session: Session) async throws {
    let source = try RuleSource.read(rules, session.surroundings)
    var request = TestRulesRequest()
    request.text = source.text
    request.hash = source.hash
    let response = try await session.calls.testRules(request, session.reading)
    try session.show(RuleRunFormat.tests(response), shown.output)
    if response.results.contains(where: { !$0.passed }) { throw CommandFailure(.answeredNo, "") }
  }
}
