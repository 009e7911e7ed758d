import ArgumentParser

struct ContextSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Make a context, or change what is named of one.",
    discussion: "The server is not asked; `signalbox login` does that.")

  @Argument(help: "Name of the context.") var name: String
  @Option(help: ArgumentHelp("Server to talk to.", valueName: "host:port")) var server: String?
  @Option(
    help: ArgumentHelp("File that holds the token, or - for standard input.", valueName: "path"), completion: .file())
  var tokenFile: String?
  @Option(help: ArgumentHelp("PEM file with the roots to trust.", valueName: "path"), completion: .file()) var ca:
    String?
  @Option(help: ArgumentHelp("Tenant to work in, for system admins; empty: none.", valueName: "name")) var tenant:
    String?

  func validate() throws {
    if name.isEmpty { throw ValidationError("a context needs a name") }
    if let server, ServerAddress(server) == nil {
      throw ValidationError("`\(server)` is not a server; write `host:port`")
    }
  }

  func run() throws {
    let surroundings = Surroundings.current
    var file = try ContextFile.read(surroundings)
    var context = file.contexts[name] ?? Context()
    if let server { context.server = server }
    if let ca { context.ca = ca.isEmpty ? nil : AbsolutePath.of(ca) }
    if let tenant { context.tenant = tenant.isEmpty ? nil : tenant }
    if let tokenFile { context.token = try ConnectionSettings.readToken(tokenFile, surroundings) }
    guard context.server != nil else {
      throw CommandFailure(.usage, "context `\(name)` needs a server", hint: "add --server HOST:PORT")
    }
    file.contexts[name] = context
    file.current = file.current ?? name
    try file.write(surroundings)
    try surroundings.writeOutput("context `\(SafeText.line(name))` is kept\n")
  }
}
