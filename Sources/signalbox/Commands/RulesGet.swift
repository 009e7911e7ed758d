import ArgumentParser
import Foundation
import SignalboxClient

struct RulesGet: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Print the text of the active rule set, or of an older one.",
    discussion: "Into a file or a pipe the text goes as it is, fit for `signalbox rules put`.")

  @Option(help: ArgumentHelp("Hash of the set; the active one when left out.", valueName: "hex")) var hash: String?
  @Flag(help: "Show name, version and hash instead of the text.") var summary = false
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if let hash, HexText.bytes(hash) == nil { throw ValidationError("--hash takes hexadecimal digits") }
  }

  func run(in session: Session) async throws {
    var request = GetRulesRequest()
    request.hash = Data(hash.flatMap(HexText.bytes) ?? [])
    let rules = try await session.calls.getRules(request, session.reading)
    guard shown.output == .table, !summary else { return try session.show(RulesFormat.one(rules), shown.output) }
    let text = session.surroundings.outputIsTerminal ? SafeText.block(rules.text) : rules.text
    try session.surroundings.writeOutput(text.hasSuffix("\n") ? text : text + "\n")
  }
}
