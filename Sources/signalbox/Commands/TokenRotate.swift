import ArgumentParser
import SignalboxClient

struct TokenRotate: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Give a token another secret and show it, once.",
    discussion: """
      The secret it has now stays good for the overlap, so that programs can change over; connections that were made \
      with it end then. Nobody can show the new one again.
      """)

  @Argument(help: "Name of the token.") var name: String
  @Option(
    help: ArgumentHelp(
      "How long the present secret stays good: 30m, 2h, 7d; 0 cuts it off at once. A day when left out.",
      valueName: "time"))
  var overlap: TimeSpan?
  @Option(help: ArgumentHelp("Write the secret to this new file.", valueName: "path"), completion: .file())
  var secretFile: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = RotateTokenRequest()
    request.name = name
    if let overlap { request.overlapMs = overlap.milliseconds }
    let options = try write.options(session)
    let place = SecretPlace(write.dryRun ? nil : secretFile)
    let response = try await place.open { try await session.calls.rotateToken(request, options) }
    let sentence =
      "\(write.verb("rotated", "rotate")) token `\(response.token.name)`; the old secret is good until "
      + Instant.text(milliseconds: response.token.oldSecretUntilMs)
    if write.dryRun {
      return try session.showChange(sentence, TokenFormat.one(response.token), shown.output, dryRun: true)
    }
    guard !response.secret.isEmpty else {
      place.giveUp()
      throw CommandFailure(
        .conflict, "token `\(name)` was rotated before with this idempotency key, and its secret was shown then",
        hint: "rotate it again, without the key")
    }
    var answer = response
    if try place.keep(response.secret) { answer.secret = "" }
    if shown.output == .table || shown.output == .ids { session.note(sentence) }
    try place.show(answer, name: response.token.name, secret: answer.secret, shown.output, session)
  }
}
