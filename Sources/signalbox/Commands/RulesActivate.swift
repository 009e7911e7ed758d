import ArgumentParser
import Foundation
import SignalboxClient

struct RulesActivate: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "activate", abstract: "Put a kept rule set in force: a staged one, or an older one again.")

  @Argument(help: "Hash of the set as `signalbox rules list` shows it, or its first 8 digits or more.") var hash: String
  @Option(help: ArgumentHelp("Only when the set with this hash is active now.", valueName: "hex")) var expectedHash:
    String?
  @Option(help: ArgumentHelp("Why, for the activation log.", valueName: "text")) var reason: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if HexText.bytes(hash) == nil { throw ValidationError("the hash is an even number of hexadecimal digits") }
    if let expectedHash, HexText.bytes(expectedHash) == nil {
      throw ValidationError("--expected-hash takes hexadecimal digits, as `signalbox rules get` shows them")
    }
  }

  func run(in session: Session) async throws {
    var request = ActivateRulesRequest()
    request.hash = Data(HexText.bytes(hash) ?? [])
    request.expectedHash = Data(expectedHash.flatMap(HexText.bytes) ?? [])
    request.reason = reason ?? ""
    let rules = try await session.calls.activateRules(request, try write.options(session))
    try session.showChange(
      RulesFormat.sentence(write.verb("activated", "activate"), rules), RulesFormat.one(rules), shown.output,
      dryRun: write.dryRun)
  }
}
