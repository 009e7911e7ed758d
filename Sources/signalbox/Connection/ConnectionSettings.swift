import SignalboxClient

/// Which server, as whom. What is said later wins: the context, then the environment, then the flags.
struct ConnectionSettings: Equatable, Sendable {
  static let maximumTokenBytes = 4096

  var server: String?
  var token: String?
  var certificateAuthority: String?
  var tenant: String?
  var clientCertificate: String?
  var clientKey: String?

  /// Throws when a named context does not exist or a token cannot be read.
  static func resolve(_ options: ConnectionOptions, _ surroundings: Surroundings) throws -> ConnectionSettings {
    let file = try ContextFile.read(surroundings)
    let name = options.context ?? surroundings.variable("SIGNALBOX_CONTEXT") ?? file.current
    return try resolve(options, over: try name.map(file.context(named:)) ?? Context(), surroundings)
  }

  /// The same with a context that is chosen already.
  static func resolve(
    _ options: ConnectionOptions, over context: Context, _ surroundings: Surroundings
  ) throws -> ConnectionSettings {
    var settings = ConnectionSettings(
      server: context.server, token: context.token, certificateAuthority: context.ca, tenant: context.tenant)
    settings.server = options.server ?? surroundings.variable("SIGNALBOX_SERVER") ?? settings.server
    settings.certificateAuthority =
      options.certificateAuthority ?? surroundings.variable("SIGNALBOX_CA") ?? settings.certificateAuthority
    settings.tenant = options.tenant ?? surroundings.variable("SIGNALBOX_TENANT") ?? settings.tenant
    // An empty one takes back what an earlier layer named.
    if settings.tenant == "" { settings.tenant = nil }
    settings.clientCertificate = surroundings.variable("SIGNALBOX_CLIENT_CERTIFICATE")
    settings.clientKey = surroundings.variable("SIGNALBOX_CLIENT_KEY")
    // Either says who speaks, so the one takes back what an earlier layer named of the other; in the same layer it is
    // the token, as on the server.
    if settings.clientCertificate != nil { settings.token = nil }
    settings.token = surroundings.variable("SIGNALBOX_TOKEN") ?? settings.token
    if let certificate = options.clientCertificate {
      (settings.clientCertificate, settings.clientKey) = (certificate, options.clientKey)
      settings.token = nil
    }
    if let path = options.tokenFile { settings.token = try readToken(path, surroundings) }
    return settings
  }

  /// The first line of a file or of standard input, without blanks around it.
  static func readToken(_ path: String, _ surroundings: Surroundings) throws -> String {
    let bytes = try InputFile.read(path, surroundings, limit: maximumTokenBytes)
    let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
    let token = line.trimmed
    guard !token.isEmpty else { throw CommandFailure(.usage, "`\(path)` holds no token") }
    return token
  }

  /// Throws when nothing says which server.
  func configuration() throws -> ClientConfiguration {
    guard let server else {
      throw CommandFailure(
        .usage, "no server is named",
        hint: "log in with `signalbox login --server HOST:PORT`, set SIGNALBOX_SERVER, or give --server")
    }
    guard let address = ServerAddress(server) else {
      throw CommandFailure(
        .usage, "`\(server)` is not a server", hint: "write `host:port` in SIGNALBOX_SERVER or the context")
    }
    var configuration = ClientConfiguration(host: address.host, port: address.port)
    configuration.trustRootsPath = certificateAuthority
    guard (clientCertificate == nil) == (clientKey == nil) else {
      throw CommandFailure(
        .usage, "a client certificate and its key come together",
        hint: "set both SIGNALBOX_CLIENT_CERTIFICATE and SIGNALBOX_CLIENT_KEY")
    }
    configuration.certificateChainPath = clientCertificate
    configuration.privateKeyPath = clientKey
    configuration.token = token
    configuration.tenant = tenant
    configuration.software = "signalbox/\(Version.text)"
    return configuration
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
