import ArgumentParser
import SignalboxClient

struct TokenCreate: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token and show its secret, once.",
    discussion: """
      The secret goes to standard output, or into a new file that only you may read; everything else goes to \
      standard error. Nobody can show it again.
      """)

  @Argument(help: "Name, unique in the tenant.") var name: String
  @Option(help: "What the token may do.") var role: Choice<TokenRole>
  @Option(help: ArgumentHelp("Person it speaks for; required for agents.", valueName: "handle")) var person = ""
  @Option(help: ArgumentHelp("Write the secret to this new file.", valueName: "path"), completion: .file())
  var secretFile: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if role.value == .agent, person.isEmpty { throw ValidationError("--role agent needs --person HANDLE") }
  }

  func run(in session: Session) async throws {
    var request = CreateTokenRequest()
    request.name = name
    request.role = role.value
    request.person = person
    let options = try write.options(session)
    // The file is made first: a secret that has nowhere to go would be lost.
    if let secretFile, !write.dryRun { try PrivateFile.create(secretFile) }
    let response: CreateTokenResponse
    do {
      response = try await session.calls.createToken(request, options)
    } catch {
      if let secretFile, !write.dryRun { PrivateFile.remove(secretFile) }
      throw error
    }
    try finish(response, session)
  }

  private func finish(_ response: CreateTokenResponse, _ session: Session) throws {
    let sentence = "\(write.verb("created", "create")) token `\(response.token.name)`, \(response.token.role.word)"
    if write.dryRun {
      return try session.showChange(sentence, TokenFormat.one(response.token), shown.output, dryRun: true)
    }
    guard !response.secret.isEmpty else {
      if let secretFile { PrivateFile.remove(secretFile) }
      throw CommandFailure(
        .conflict, "token `\(name)` was made before with this idempotency key, and its secret was shown then",
        hint: "revoke it with `signalbox token revoke \(name)` and make another")
    }
    var answer = response
    if let secretFile {
      try PrivateFile.replace(secretFile, with: Array("\(response.secret)\n".utf8))
      answer.secret = ""
    }
    if shown.output == .table || shown.output == .ids { session.note(sentence) }
    let secret = SafeText.line(answer.secret)
    let shownAnswer = Shown.one(answer, id: response.token.name) { _ in secret.isEmpty ? "" : secret + "\n" }
    // Names alone would lose the secret for ever.
    try session.show(shownAnswer, shown.output == .ids && secretFile == nil ? .table : shown.output)
  }
}
