import ArgumentParser

struct ContextUse: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "use", abstract: "Make a context the current one.")

  @Argument(help: "Name of the context.") var name: String

  func run() throws {
    let surroundings = Surroundings.current
    var file = try ContextFile.read(surroundings)
    _ = try file.context(named: name)
    file.current = name
    try file.write(surroundings)
    try surroundings.writeOutput("context `\(SafeText.line(name))` is current\n")
  }
}
