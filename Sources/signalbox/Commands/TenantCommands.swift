import ArgumentParser

struct TenantCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenant", abstract: "Tenants: help desks that know nothing of each other.",
    subcommands: [TenantCreate.self, TenantGet.self, TenantList.self, TenantSet.self])
}
