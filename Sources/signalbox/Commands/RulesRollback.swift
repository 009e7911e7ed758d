import ArgumentParser
import SignalboxClient

struct RulesRollback: ServerCommand {
  /// Activations looked through for one of another set.
  static let depth = 200

  static let configuration = CommandConfiguration(
    commandName: "rollback", abstract: "Put the rule set in force that was before the present one.",
    discussion: "For an older one than that: `signalbox rules history`, then `signalbox rules activate HASH`.")

  @Option(help: ArgumentHelp("Why, for the activation log.", valueName: "text")) var reason: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var list = ListRuleActivationsRequest()
    list.pageSize = UInt32(Self.depth)
    let log = try await session.calls.listRuleActivations(list, session.reading).activations
    guard let active = log.first, let before = log.first(where: { $0.hash != active.hash }) else {
      throw CommandFailure(
        .refused, "no other rule set was in force before", hint: "put one with `signalbox rules put FILE`")
    }
    var request = ActivateRulesRequest()
    request.hash = before.hash
    // Whoever put another set meanwhile did not mean to be rolled back with the one before.
    request.expectedHash = active.hash
    request.reason = reason ?? "rollback"
    let rules = try await session.calls.activateRules(request, try write.options(session))
    try session.showChange(
      RulesFormat.sentence(write.verb("rolled back to", "roll back to"), rules), RulesFormat.one(rules), shown.output,
      dryRun: write.dryRun)
  }
}
