import ArgumentParser

struct GroupCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group", abstract: "Groups of people, to grant roles to.",
    subcommands: [GroupCreate.self, GroupGet.self, GroupList.self, GroupMembers.self])
}
