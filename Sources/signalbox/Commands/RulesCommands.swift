import ArgumentParser

struct RulesCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "The rule set that routes the tenant's tickets.",
    subcommands: [
      RulesPut.self, RulesGet.self, RulesCheck.self, RulesList.self, RulesHistory.self, RulesDiff.self,
      RulesActivate.self, RulesRollback.self,
      RulesFmt.self, RulesTest.self, TicketWhy.self, RulesWhyNot.self, RulesReplay.self, RulesShadow.self,
    ])
}
