import ArgumentParser
import Foundation
import SignalboxClient

struct RulesShadow: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "shadow",
    abstract: "Let a kept rule set run beside the active one without effect, or show what came of it.",
    discussion: """
      With a hash the set looks at each new ticket from now on; what it would have done otherwise is counted and the \
      newest 10,000 differences are kept. Without one the command shows the counts.
      """)

  @Argument(help: "Hash of the set as `signalbox rules list` shows it, or its first 8 digits or more.") var hash:
    String?
  @Flag(help: "End it, and forget what was counted.") var off = false
  @Flag(help: "List the tickets that would have gone elsewhere, the newest first.") var differences = false
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Output") var list: ListOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if let hash, HexText.bytes(hash) == nil {
      throw ValidationError("the hash is an even number of hexadecimal digits")
    }
    if [hash != nil, off, differences].count(where: { $0 }) > 1 {
      throw ValidationError("give a hash, --off or --differences, one of them")
    }
  }

  func run(in session: Session) async throws {
    if differences { return try session.show(RuleRunFormat.differences(try await all(in: session)), shown.output) }
    guard hash != nil || off else {
      return try session.show(
        RuleRunFormat.shadow(try await session.calls.getShadowRules(GetShadowRulesRequest(), session.reading)),
        shown.output)
    }
    var request = SetShadowRulesRequest()
    request.hash = Data(hash.flatMap(HexText.bytes) ?? [])
    request.off = off
    let shadow = try await session.calls.setShadowRules(request, try write.options(session))
    let sentence =
      off
      ? write.verb("ended", "end") + " the shadow"
      : "rules `\(shadow.name)` version \(shadow.version), \(RulesFormat.short(shadow.hash)), "
        + (write.dryRun ? "would run in the shadow" : "run in the shadow from now on")
    try session.showChange(sentence, RuleRunFormat.shadow(shadow), shown.output, dryRun: write.dryRun)
  }

  private func all(in session: Session) async throws -> [ShadowDifference] {
    try await Paging.collect(limit: list.limit, in: session) { size, page in
      var request = ListShadowDifferencesRequest()
      request.pageSize = size
      request.page = page
      let response = try await session.calls.listShadowDifferences(request, session.reading)
      return (response.differences, response.nextPage)
    }
  }
}
