import ArgumentParser

struct OrganizationCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organization", abstract: "Organizations of the tenant.",
    subcommands: [OrganizationCreate.self, OrganizationGet.self, OrganizationList.self])
}
