import ArgumentParser
import Foundation
import SignalboxClient

struct RulesPut: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "put", abstract: "Check a rule set and make it the one that routes from now on.",
    discussion: """
      The tests in it have to pass, as `signalbox rules test FILE` shows them. With --stage it is only kept, and put in \
      force later with `signalbox rules activate`; its tests have to pass all the same.
      """)

  @Argument(help: "File with the rules, or - for standard input.", completion: .file()) var file: String
  @Option(help: ArgumentHelp("Only when the set with this hash is active now.", valueName: "hex")) var expectedHash:
    String?
  @Flag(help: "Only keep it, if its tests pass; what is in force stays.") var stage = false
  @Option(help: ArgumentHelp("Why, for the activation log.", valueName: "text")) var reason: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if let expectedHash, HexText.bytes(expectedHash) == nil {
      throw ValidationError("--expected-hash takes hexadecimal digits, as `signalbox rules get` shows them")
    }
  }

  func run(in session: Session) async throws {
    var request = PutRulesRequest()
    request.text = try InputFile.text(file, session.surroundings, limit: RulesCheck.maximumBytes)
    request.expectedHash = Data(expectedHash.flatMap(HexText.bytes) ?? [])
    request.stage = stage
    request.reason = reason ?? ""
    do {
      let rules = try await session.calls.putRules(request, try write.options(session))
      try session.showChange(
        RulesFormat.sentence(stage ? write.verb("staged", "stage") : write.verb("put", "put"), rules),
        RulesFormat.one(rules), shown.output, dryRun: write.dryRun)
      try await noteFindings(in: request.text, session)
    } catch let error as ClientError where error.reason == .rulesInvalid {
      // The check knows the places and the lines of the source, which the refusal does not carry.
      var check = CheckRulesRequest()
      check.text = request.text
      let response = try await session.calls.checkRules(check, session.reading)
      session.surroundings.writeError(RulesFormat.diagnostics(response.diagnostics, file: file, .plain))
      throw CommandFailure(.refused, "the rules have errors, so the active ones stay", hint: "correct the lines above")
    }
  }

  /// They stand in nobody's way, so they are only counted.
  private func noteFindings(in text: String, _ session: Session) async throws {
    var check = CheckRulesRequest()
    check.text = text
    // What was put is put, whatever becomes of this.
    guard let response = try? await session.calls.checkRules(check, session.reading) else { return }
    let count = response.findings.filter { $0.severity != .hint }.count
    guard count > 0 else { return }
    session.surroundings.writeError("\(Count.of(count, "finding")); `signalbox rules check` shows what and why\n")
  }
}
