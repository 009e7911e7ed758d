import ArgumentParser
import SignalboxClient

struct GroupCreate: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a group.")

  @Argument(help: "Name, unique in the tenant.") var name: String
  @Option(help: ArgumentHelp("Name for people.", valueName: "text")) var displayName: String?
  @Option(name: .customLong("member"), help: ArgumentHelp("A member; may be repeated.", valueName: "handle"))
  var members: [String] = []
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = CreateGroupRequest()
    request.name = name
    request.displayName = displayName ?? ""
    request.members = members
    let group = try await session.calls.createGroup(request, try write.options(session))
    try session.showChange(
      "\(write.verb("created", "create")) group `\(group.name)`", GroupFormat.one(group), shown.output,
      dryRun: write.dryRun)
  }
}
