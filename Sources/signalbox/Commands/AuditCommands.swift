import ArgumentParser

struct AuditCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Every change of the tenant, by whom, from where, and the proof that none is missing.",
    subcommands: [AuditExport.self, AuditVerify.self])
}
