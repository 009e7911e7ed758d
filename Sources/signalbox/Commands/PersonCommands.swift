import ArgumentParser

struct PersonCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "People of the tenant.",
    subcommands: [PersonCreate.self, PersonGet.self, PersonList.self, PersonAbsence.self])
}
