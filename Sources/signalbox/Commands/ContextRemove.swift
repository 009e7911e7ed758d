import ArgumentParser

struct ContextRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Forget a context and its token; the token itself stays valid.")

  @Argument(help: "Name of the context.") var name: String

  func run() throws {
    let surroundings = Surroundings.current
    var file = try ContextFile.read(surroundings)
    _ = try file.context(named: name)
    file.contexts[name] = nil
    if file.current == name { file.current = nil }
    try file.write(surroundings)
    try surroundings.writeOutput("context `\(SafeText.line(name))` is forgotten\n")
  }
}
