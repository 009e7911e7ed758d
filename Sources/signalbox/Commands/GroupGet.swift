import ArgumentParser
import SignalboxClient

struct GroupGet: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Show a group.")

  @Argument(help: "Name of the group.") var name: String
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = GetGroupRequest()
    request.name = name
    try session.show(GroupFormat.one(try await session.calls.getGroup(request, session.reading)), shown.output)
  }
}
