import ArgumentParser
import SignalboxClient

struct RulesReplay: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Show where a rule set would send the tickets there are, and change nothing.",
    discussion: """
      Tickets are looked at from the newest on, as they would come in with what is stored of them today, and compared \
      with where the active rules would send them and where they are. Times are as in 2026-12-24 or 2026-12-24T08:00:00Z.
      """)

  @Argument(help: "\(RuleSource.help); the active set when left out.", completion: .file()) var rules: String?
  @Option(help: ArgumentHelp("Only tickets that were created then or later.", valueName: "time")) var since: String?
  @Option(help: ArgumentHelp("At most so many tickets, the newest.", valueName: "number")) var limit: UInt32?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] { RuleSource.hints([rules]) }

  func validate() throws {
    if let since { _ = try PersonAbsence.milliseconds(since) }
    if limit == 0 { throw ValidationError("--limit takes 1 or more") }
    if connection.timeout != nil { throw ValidationError("a replay takes as long as it takes; leave --timeout out") }
  }

  func run(in session: Session) async throws {
    let source = try RuleSource.read(rules, session.surroundings)
    var request = ReplayRulesRequest()
    request.text = source.text
    request.hash = source.hash
    request.sinceMs = try since.map(PersonAbsence.milliseconds) ?? 0
    request.limit = limit ?? 0
    let (calls, surroundings, format, final) = (session.calls, session.surroundings, shown.output, request)
    let progress = ProgressLine(surroundings)
    defer { progress.clear() }
    try await surroundings.untilInterrupted {
      try await calls.replayRules(final, CallOptions()) { response in
        guard response.hasResult else { return progress.show(response.lookedAt, of: response.total) }
        progress.clear()
        try session.show(RuleRunFormat.replay(response.result), format)
      }
    }
  }
}
