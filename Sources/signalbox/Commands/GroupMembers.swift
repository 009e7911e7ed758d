import ArgumentParser
import SignalboxClient

struct GroupMembers: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "members", abstract: "Add people to a group and remove them.")

  @Argument(help: "Name of the group.") var name: String
  @Option(help: ArgumentHelp("Add this person; may be repeated.", valueName: "handle")) var add: [String] = []
  @Option(help: ArgumentHelp("Remove this person; may be repeated.", valueName: "handle")) var remove: [String] = []
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if add.isEmpty, remove.isEmpty { throw ValidationError("give --add HANDLE or --remove HANDLE") }
  }

  func run(in session: Session) async throws {
    var request = UpdateGroupMembersRequest()
    request.name = name
    request.add = add
    request.remove = remove
    let group = try await session.calls.updateGroupMembers(request, try write.options(session))
    try session.showChange(
      "\(write.verb("changed", "change")) group `\(group.name)`: \(Count.of(group.members.count, "member"))",
      GroupFormat.one(group), shown.output, dryRun: write.dryRun)
  }
}
