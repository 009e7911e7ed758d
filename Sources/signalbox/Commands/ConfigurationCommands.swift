import ArgumentParser

struct ConfigurationCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "configuration", abstract: "The versions of the tenant's configuration.",
    subcommands: [ConfigurationHistory.self, ConfigurationShow.self, ConfigurationRollback.self])
}
