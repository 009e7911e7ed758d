import ArgumentParser
import Foundation
import SignalboxClient

struct RulesFmt: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Print a rule set in its one canonical form.",
    discussion: "Takes a rule file, or the tree of one as JSON. Looks at the form only; for the rest there is "
      + "`signalbox rules check`.")

  @Argument(help: "File with the rules, or - for standard input.", completion: .file()) var file: String
  @Flag(help: "Put the result into the file.") var write = false
  @Flag(help: "Print nothing; end with 1 when the file is not in this form.") var check = false
  @Flag(help: "Print the tree of the rules as JSON.") var json = false
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if write, check { throw ValidationError("give --write or --check, not both") }
    if write, file == "-" { throw ValidationError("--write needs a file; leave it out to print") }
  }

  func run(in session: Session) async throws {
    var request = FormatRulesRequest()
    request.text = try InputFile.text(file, session.surroundings, limit: RulesCheck.maximumBytes)
    request.json = json
    let response = try await session.calls.formatRules(request, session.reading)
    guard response.diagnostics.isEmpty else {
      session.surroundings.writeError(RulesFormat.diagnostics(response.diagnostics, file: file, .plain))
      throw CommandFailure(.answeredNo, "")
    }
    let text = json ? MessageJSON.indented(response.text) + "\n" : response.text
    if check {
      guard text != request.text else { return }
      throw CommandFailure(
        .answeredNo, "`\(file)` is not in the canonical form",
        hint: "`signalbox rules fmt --write \(file)` puts it there")
    }
    guard write else {
      return try session.surroundings.writeOutput(session.surroundings.outputIsTerminal ? SafeText.block(text) : text)
    }
    if text != request.text { try replace(text) }
  }

  /// Who may read the file stays as it was.
  private func replace(_ text: String) throws {
    let before = try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
    try PrivateFile.replace(file, with: Array(text.utf8))
    if let before { try? FileManager.default.setAttributes([.posixPermissions: before], ofItemAtPath: file) }
  }
}
