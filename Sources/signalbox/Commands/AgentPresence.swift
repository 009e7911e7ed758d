import ArgumentParser
import SignalboxClient

struct AgentPresence: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "presence", abstract: "Say whether tickets may come.",
    discussion: """
      Rules that pick among many pass over all who are not available. Whoever has tickets keeps them. For days off, with \
      somebody who stands in, see `signalbox person absence`.
      """)

  @Argument(help: "What to say.") var presence: Choice<Presence>
  @Argument(help: "Of whom; yourself when left out.") var handle: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = SetPresenceRequest()
    request.person = handle ?? ""
    request.presence = presence.value
    let person = try await session.calls.setPresence(request, try write.options(session))
    try session.showChange(
      "`\(person.handle)` \(write.dryRun ? "would be" : "is") \(person.presence.word)", PersonFormat.one(person),
      shown.output, dryRun: write.dryRun)
  }
}
