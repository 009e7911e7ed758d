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
  @Option(help: ArgumentHelp("Refuse it after so long: 30m, 12h, 90d; 0 for never.", valueName: "time"))
  var lifetime = TimeSpan(milliseconds: 0)
  @Option(help: ArgumentHelp("Limit the token to this queue; may be repeated.", valueName: "name"))
  var queue: [String] = []
  @Option(
    help: ArgumentHelp(
      "Limit the token to these rights: browse,create; `access explain` has their names.", valueName: "verb,verb"))
  var verbs: CommaList?
  @Option(help: ArgumentHelp("Make no secret: stand for the client certificate with this URI.", valueName: "uri"))
  var certificateURI: String?
  @Option(help: ArgumentHelp("The same for a DNS name.", valueName: "name")) var certificateDNS: String?
  @Option(help: ArgumentHelp("The same for an e-mail address.", valueName: "address")) var certificateEmail: String?
  @Option(help: ArgumentHelp("Write the secret to this new file.", valueName: "path"), completion: .file())
  var secretFile: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] {
    [
      .alreadyExists:
        "`signalbox token list` shows the tokens there are; `signalbox token rotate NAME` gives one another secret"
    ]
  }

  func validate() throws {
    if role.value == .agent, person.isEmpty { throw ValidationError("--role agent needs --person HANDLE") }
    let certificates = [certificateURI, certificateDNS, certificateEmail].compactMap(\.self)
    if certificates.count > 1 { throw ValidationError("a token stands for one certificate name only") }
    if !certificates.isEmpty, secretFile != nil {
      throw ValidationError("a certificate's token has no secret to write")
    }
  }

  func run(in session: Session) async throws {
    var request = CreateTokenRequest()
    request.name = name
    request.role = role.value
    request.person = person
    request.lifetimeMs = lifetime.milliseconds
    request.queues = queue
    request.verbs = verbs?.texts ?? []
    if let certificateURI { request.certificateUri = certificateURI }
    if let certificateDNS { request.certificateDns = certificateDNS }
    if let certificateEmail { request.certificateEmail = certificateEmail }
    let options = try write.options(session)
    let place = SecretPlace(write.dryRun ? nil : secretFile)
    let response = try await place.open { try await session.calls.createToken(request, options) }
    try finish(response, place, session)
  }

  private func finish(_ response: CreateTokenResponse, _ place: SecretPlace, _ session: Session) throws {
    let sentence = "\(write.verb("created", "create")) token `\(response.token.name)`, \(response.token.role.word)"
    if write.dryRun || response.token.certificate != nil {
      return try session.showChange(
        sentence, TokenFormat.one(response.token), shown.output, dryRun: write.dryRun)
    }
    guard !response.secret.isEmpty else {
      place.giveUp()
      throw CommandFailure(
        .conflict, "token `\(name)` was made before with this idempotency key, and its secret was shown then",
        hint: "revoke it with `signalbox token revoke \(name)` and make another")
    }
    var answer = response
    if try place.keep(response.secret) { answer.secret = "" }
    if shown.output == .table || shown.output == .ids { session.note(sentence) }
    try place.show(answer, name: response.token.name, secret: answer.secret, shown.output, session)
  }
}
