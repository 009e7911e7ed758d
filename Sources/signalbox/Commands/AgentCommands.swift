import ArgumentParser

struct AgentCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent", abstract: "People who handle tickets: whether they are there and what they take on.",
    subcommands: [AgentPresence.self, AgentCapacity.self, AgentSkills.self, AgentList.self])
}
