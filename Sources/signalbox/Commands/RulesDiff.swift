import ArgumentParser
import SignalboxClient

struct RulesDiff: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two rule sets, rule by rule and line by line; ends with 1 when they differ.",
    discussion: "Each is a hash of a kept set, or a file (- for standard input). One alone is compared with the "
      + "active set.")

  @Argument(help: "The set before: a hash, or a file. The active set when only one is given.") var before: String
  @Argument(help: "The set after: a hash, or a file.") var after: String?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] { RuleSource.hints([before, after]) }

  func run(in session: Session) async throws {
    let (from, to) = (after == nil ? nil : before, after ?? before)
    let (old, new) = (try await set(from, in: session), try await set(to, in: session))
    var request = DiffRulesRequest()
    (request.beforeText, request.beforeHash) = (old.source.text, old.source.hash)
    (request.afterText, request.afterHash) = (new.source.text, new.source.hash)
    let differences = try await session.calls.diffRules(request, session.reading)
    let lines = LineDifference(from: old.text, to: new.text)
      .rendered(from: old.title, to: new.title, session.surroundings.style)
    try session.show(RuleDifferenceFormat.all(differences, lines: lines), shown.output)
    if old.text != new.text { throw CommandFailure(.answeredNo, "") }
  }

  /// - Parameter name: nil for the active set.
  private func set(
    _ name: String?, in session: Session
  ) async throws -> (source: RuleSource, title: String, text: String) {
    let source = try RuleSource.read(name, session.surroundings)
    if case .text(let text) = source { return (source, name ?? "", text) }
    var request = GetRulesRequest()
    request.hash = source.hash
    let rules = try await session.calls.getRules(request, session.reading)
    return (source, "\(rules.name) version \(rules.version), \(RulesFormat.short(rules.hash))", rules.text)
  }
}
