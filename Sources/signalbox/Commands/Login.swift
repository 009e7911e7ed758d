import ArgumentParser
import SignalboxClient

struct Login: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Try a server and a token, and keep them as the current context.",
    discussion: """
      The token comes from --token-file, standard input or SIGNALBOX_TOKEN. Nothing is kept unless the server \
      knows it.
      """)

  @Option(help: ArgumentHelp("Name of the context to make or replace.", valueName: "name"))
  var name = "default"

  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run() async throws {
    let surroundings = Surroundings.current
    // Logging in again starts from the context it replaces; another one would lend it a tenant or roots unasked.
    let file = try ContextFile.read(surroundings)
    let base = try connection.context.map(file.context(named:)) ?? file.contexts[name] ?? Context()
    var settings = try ConnectionSettings.resolve(connection, over: base, surroundings)
    if connection.tokenFile == nil, surroundings.variable("SIGNALBOX_TOKEN") == nil {
      // A token of an older context must not travel to whichever server is named now.
      if surroundings.inputIsTerminal {
        surroundings.writeError("token (it will be visible; --token-file avoids that): ")
      }
      settings.token =
        surroundings.inputIsTerminal
        ? try Login.typed(surroundings) : try ConnectionSettings.readToken("-", surroundings)
    }
    let final = settings
    try await Session.open(settings, timeout: connection.timeout, surroundings) { session in
      let response = try await session.calls.describe(session.reading)
      guard !response.caller.role.isEmpty else {
        throw CommandFailure(.unauthenticated, "the server does not know this token; nothing was kept")
      }
      var file = try ContextFile.read(surroundings)
      file.contexts[name] = Context(
        server: session.server, ca: final.certificateAuthority.map(AbsolutePath.of), tenant: final.tenant,
        token: final.token)
      file.current = name
      try file.write(surroundings)
      try surroundings.writeOutput(
        "logged in to \(session.server) as \(SafeText.line(DescribeFormat.caller(response.caller))); context `\(name)` is current\n"
      )
    }
  }

  private static func typed(_ surroundings: Surroundings) throws -> String {
    guard let token = surroundings.readAnswer()?.trimmed, !token.isEmpty else {
      throw CommandFailure(.usage, "no token was given")
    }
    return token
  }
}
