import ArgumentParser
import SignalboxClient

struct QueueRegistrationShow: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a registration: what was asked for and what became of it.",
    // `queue registration --help` leads here, since `show` may be left out.
    discussion: """
      `signalbox queue registration 7` is short for `show 7`. Beside `show` there are, each with its own --help:

        history, watch    what happened to it, and what happens
        lint, plan        what is doubtful about it, and what an approval would do
        amend             change what it asks for
        submit, withdraw  hand it to the admins, or take it back
        comment           say a word to the other side
        request-changes   give it back to its asker, as an admin

      `signalbox queue approve` and `signalbox queue decline` decide it.
      """)

  @Argument(help: "Number of the registration.") var registration: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = GetQueueRegistrationRequest()
    request.registration = registration
    let registration = try await session.calls.getRegistration(request, session.reading)
    try session.show(QueueFormat.registration(registration), shown.output)
  }
}
