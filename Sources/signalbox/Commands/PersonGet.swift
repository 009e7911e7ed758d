import ArgumentParser
import SignalboxClient

struct PersonGet: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Show a person.")

  @Argument(help: "Log-in name.") var handle: String
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = GetPersonRequest()
    request.handle = handle
    let person = try await session.calls.getPerson(request, session.reading)
    try session.show(PersonFormat.one(person), shown.output)
  }
}
