import SignalboxClient

/// A command at work: the calls it may make and where it shows what came of them.
struct Session: Sendable {
  let calls: Calls
  let surroundings: Surroundings
  /// Options of a call that changes nothing.
  let reading: CallOptions
  /// `host:port`, for messages.
  let server: String

  /// Connects as the flags, the environment and the context say, and runs `body` while the connection lasts.
  static func open(
    with options: ConnectionOptions, tenant: String? = nil, _ body: @Sendable (Session) async throws -> Void
  ) async throws {
    let surroundings = Surroundings.current
    var settings = try ConnectionSettings.resolve(options, surroundings)
    settings.tenant = tenant ?? settings.tenant
    try await open(settings, timeout: options.timeout, surroundings, body)
  }

  static func open(
    _ settings: ConnectionSettings, timeout: Double?, _ surroundings: Surroundings,
    _ body: @Sendable (Session) async throws -> Void
  ) async throws {
    var configuration = try settings.configuration()
    var reading = CallOptions()
    if let timeout {
      reading.timeout = .seconds(timeout)
      configuration.connectTimeout = min(configuration.connectTimeout, .seconds(timeout))
    }
    let server = "\(configuration.host):\(configuration.port)"
    let options = reading
    try await surroundings.connect(configuration) { calls in
      try await body(Session(calls: calls, surroundings: surroundings, reading: options, server: server))
    }
  }

  func show(_ shown: Shown, _ format: OutputFormat) throws {
    try surroundings.writeOutput(try shown.rendered(format, surroundings.style))
  }

  /// Shows what a change did. People read the sentence; programs get the answer, and people beside them the
  /// sentence of a dry run on standard error, since the answer does not tell that nothing was kept.
  func showChange(_ sentence: String, _ shown: Shown, _ format: OutputFormat, dryRun: Bool) throws {
    if format == .table {
      try surroundings.writeOutput(SafeText.block(sentence) + "\n")
    } else {
      if dryRun { surroundings.writeError(SafeText.block(sentence) + "\n") }
      try show(shown, format)
    }
  }

  func note(_ text: String) {
    surroundings.writeError(SafeText.block(text) + "\n")
  }
}
