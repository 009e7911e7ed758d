import ArgumentParser

/// The flags that say which server to talk to, and as whom.
struct ConnectionOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp("Server to talk to; else $SIGNALBOX_SERVER, else the context's.", valueName: "host:port"))
  var server: String?

  @Option(
    help: ArgumentHelp(
      "File that holds the token, or - for standard input; else $SIGNALBOX_TOKEN, else the context's.",
      discussion: "There is no option for the token itself: other users can see command lines.", valueName: "path"),
    completion: .file())
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "PEM file with a client certificate, which speaks instead of a token; else $SIGNALBOX_CLIENT_CERTIFICATE.",
      valueName: "path"),
    completion: .file())
  var clientCertificate: String?

  @Option(
    help: ArgumentHelp("PEM file with its private key; else $SIGNALBOX_CLIENT_KEY.", valueName: "path"),
    completion: .file())
  var clientKey: String?

  @Option(
    name: .customLong("ca"),
    help: ArgumentHelp(
      "PEM file with the roots to trust; else $SIGNALBOX_CA, the context's, the system's.", valueName: "path"),
    completion: .file())
  var certificateAuthority: String?

  @Option(
    help: ArgumentHelp(
      "Tenant to work in, for system admins; else $SIGNALBOX_TENANT, else the context's; empty: none.",
      valueName: "name"))
  var tenant: String?

  @Option(
    help: ArgumentHelp("Context to start from; else $SIGNALBOX_CONTEXT, else the current one.", valueName: "name"))
  var context: String?

  @Option(help: ArgumentHelp("Longest time to wait for an answer.", valueName: "seconds"))
  var timeout: Double?

  func validate() throws {
    if let server, ServerAddress(server) == nil {
      throw ValidationError("`\(server)` is not a server; write `host:port`")
    }
    if (clientCertificate == nil) != (clientKey == nil) {
      throw ValidationError("--client-certificate and --client-key come together")
    }
    if let timeout, !(timeout > 0 && timeout <= 86_400) {
      throw ValidationError("--timeout takes more than 0 and at most 86400 seconds")
    }
  }
}
