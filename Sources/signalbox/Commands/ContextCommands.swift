import ArgumentParser

struct ContextCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "context", abstract: "Servers and log-ins that are kept under names.",
    subcommands: [ContextList.self, ContextUse.self, ContextSet.self, ContextShow.self, ContextRemove.self])
}
