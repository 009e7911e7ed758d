import ArgumentParser
import SignalboxClient

struct RulesCheck: ServerCommand {
  static let maximumBytes = 4 << 20

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong with a rule set, and keep nothing; ends with 1 when there is anything.",
    discussion: """
      Beside errors it finds rules that no ticket meets, that earlier rules take every ticket from, that undo each other, \
      and words that stand in many past tickets; each with a ticket that shows it. Such rules can be put all the same. \
      Where there are no errors it runs the tests in the file too: `signalbox rules put` refuses rules whose tests fail.
      """)

  @Argument(help: "File with the rules, or - for standard input.", completion: .file()) var file: String
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = CheckRulesRequest()
    request.text = try InputFile.text(file, session.surroundings, limit: RulesCheck.maximumBytes)
    let response = try await session.calls.checkRules(request, session.reading)
    let tests = try await response.diagnostics.isEmpty ? runTests(request.text, session) : []
    try session.show(RulesFormat.check(response, tests: tests, file: file), shown.output)
    let failed = tests.count { !$0.passed }
    if failed > 0 {
      let hint = file == "-" ? "signalbox rules test FILE" : "signalbox rules test \(file)"
      throw CommandFailure(
        .answeredNo, "\(failed) of \(Count.of(tests.count, "test")) failed, so the rules would not be put",
        hint: "`\(hint)` shows what came out")
    }
    if !response.diagnostics.isEmpty || response.findings.contains(where: { $0.severity != .hint }) {
      throw CommandFailure(.answeredNo, "")
    }
  }

  private func runTests(_ text: String, _ session: Session) async throws -> [RuleTestResult] {
    // An empty text would be the active set.
    guard !text.isEmpty else { return [] }
    var request = TestRulesRequest()
    request.text = text
    return try await session.calls.testRules(request, session.reading).results
  }
}
