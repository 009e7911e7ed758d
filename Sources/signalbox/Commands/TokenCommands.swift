import ArgumentParser

struct TokenCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Tokens, which say who calls.",
    subcommands: [TokenCreate.self, TokenList.self, TokenRotate.self, TokenRevoke.self])
}
