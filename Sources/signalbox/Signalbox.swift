import ArgumentParser
import Foundation

@main
struct Signalbox: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signalbox",
    abstract: "Routes support tickets to the queue and the agent that should have them, and says why.",
    discussion: """
      Which server to talk to comes from a context (`signalbox login` makes one), the variables SIGNALBOX_CONTEXT, \
      SIGNALBOX_SERVER, SIGNALBOX_TOKEN, SIGNALBOX_CA, SIGNALBOX_TENANT, SIGNALBOX_CLIENT_CERTIFICATE and \
      SIGNALBOX_CLIENT_KEY, and the flags; the latter win. Contexts \
      are kept in $SIGNALBOX_CONFIG, else in ~/.config/signalbox/config.yaml.

      Exit codes:
      \(ExitStatus.table)
      """,
    version: "signalbox \(Version.text)",
    subcommands: [Ping.self, Describe.self, Login.self, Completion.self, Plan.self, Apply.self, Export.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Noun",
        subcommands: [
          ContextCommands.self, TenantCommands.self, OrganizationCommands.self, PersonCommands.self, TokenCommands.self,
          AccessCommands.self, GroupCommands.self, QueueCommands.self, RulesCommands.self, TicketCommands.self,
          AuditCommands.self, ConfigurationCommands.self, AgentCommands.self,
        ])
    ]
  )

  static func main() async {
    let status = await Invocation.run(Array(CommandLine.arguments.dropFirst()))
    Foundation.exit(status.rawValue)
  }
}
