import ArgumentParser

struct AccessCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access", abstract: "Who may do what: grant roles, take them back, ask why.",
    subcommands: [AccessGrant.self, AccessRevoke.self, AccessList.self, AccessExplain.self])
}
