import ArgumentParser
import SignalboxClient

struct RulesCheck: ServerCommand {
  static let maximumBytes = 4 << 20

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong with a rule set, and keep nothing; ends with 1 when there is anything.",
    discussion: """
      Beside errors it finds rules that no ticket meets, that earlier rules take every ticket from, that undo each other, \
      and words that stand in many past tickets; each with a ticket that shows it. Such rules can be put all the same.
      """)

  @Argument(help: "File with the rules, or - for standard input.", completion: .file()) var file: String
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = CheckRulesRequest()
    request.text = try InputFile.text(file, session.surroundings, limit: RulesCheck.maximumBytes)
    let response = try await session.calls.checkRules(request, session.reading)
    try session.show(RulesFormat.check(response, file: file), shown.output)
    if !response.diagnostics.isEmpty || response.findings.contains(where: { $0.severity != .hint }) {
      throw CommandFailure(.answeredNo, "")
    }
  }
}
