import ArgumentParser
import SignalboxClient

struct RulesWhyNot: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "why-not", abstract: "Say why a rule does not fire for a ticket.",
    discussion: "The ticket is looked at as it would come in with what is stored of it today.")

  @Argument(help: "Name of the rule.") var rule: String
  @Argument(help: "Number of the ticket.") var ticket: UInt64
  @Option(help: ArgumentHelp("\(RuleSource.help); the active set when left out.", valueName: "file or hash"))
  var rules: String?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let source = try RuleSource.read(rules, session.surroundings)
    var request = WhyNotRuleRequest()
    request.rule = rule
    request.ticket = ticket
    request.text = source.text
    request.hash = source.hash
    try session.show(RuleRunFormat.whyNot(try await session.calls.whyNotRule(request, session.reading)), shown.output)
  }
}
