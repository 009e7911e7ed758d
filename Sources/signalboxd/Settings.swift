import Configuration
import SignalboxServer

/// Every setting there is: the same name as flag (`--listen-port`), environment variable (`SIGNALBOX_LISTEN_PORT`) and
/// path in the file (`listen: port:`).
struct Setting {
  let key: String
  let kind: Kind
  /// As the example file shows it; nil: not set.
  let standard: String?
  let sentence: String

  enum Kind {
    case text
    case number
  }

  var flag: String { "--" + key.replacing(".", with: "-") }
  var variable: String { "SIGNALBOX_" + key.replacing(".", with: "_").uppercased() }

  static let all: [Setting] =
    [
      Setting(key: "listen.host", kind: .text, standard: "127.0.0.1", sentence: "Address that clients connect to."),
      Setting(
        key: "listen.port", kind: .number, standard: "7443",
        sentence: "Port that clients connect to; 0 takes any free one and logs it."),
      Setting(
        key: "data.directory", kind: .text, standard: "signalbox-data",
        sentence: "Where the database is, and at a first start the development certificate."),
      Setting(
        key: "tls.certificate", kind: .text, standard: nil,
        sentence:
          "Server certificate chain in PEM, own certificate first; without it a development certificate is made."),
      Setting(key: "tls.key", kind: .text, standard: nil, sentence: "Private key of the certificate in PEM."),
      Setting(
        key: "tls.client.roots", kind: .text, standard: nil,
        sentence:
          "Authorities whose client certificates are accepted, in PEM; without it clients are not asked for one."),
      Setting(
        key: "tls.client.revoked", kind: .text, standard: nil,
        sentence: "Revocation list of client certificates, in PEM."
      ),
      Setting(
        key: "observability.host", kind: .text, standard: "127.0.0.1",
        sentence: "Address of /healthz, /readyz and /metrics, which are plain HTTP: keep it on loopback."),
      Setting(
        key: "observability.port", kind: .number, standard: nil,
        sentence: "Port of health and metrics; without it there are none."),
      Setting(
        key: "event.loops", kind: .number, standard: "1",
        sentence: "Threads that serve connections; one writer and two readers of the database come on top."),
      Setting(
        key: "limits.calls.per.second.per.tenant", kind: .number, standard: "0",
        sentence: "Calls that a tenant may make in a second on the average; 0: as many as it likes."),
      Setting(
        key: "limits.calls.per.second.per.token", kind: .number, standard: "0",
        sentence: "Calls that one token may make in a second on the average; 0: as many as it likes."),
    ] + quotas + [
      Setting(
        key: "drain.seconds", kind: .number, standard: "10",
        sentence: "How long calls may go on after SIGTERM, in seconds."),
      Setting(
        key: "admin.token.file", kind: .text, standard: nil,
        sentence: "Where the first admin token goes, readable by its owner only; without it, to standard output."),
      Setting(
        key: "log.level", kind: .text, standard: "info",
        sentence: "trace, debug, info, notice, warning, error or critical."),
    ]

  private static let quotas = QuotaSetting.all.map { quota in
    Setting(key: key(of: quota), kind: .number, standard: "\(quota.standard)", sentence: quota.sentence)
  }

  static func key(of quota: QuotaSetting) -> String { "limits." + quota.name.replacing("_", with: ".") }

  /// The variable that names the file with the settings.
  static let fileVariable = "SIGNALBOX_CONFIG_FILE"

  /// The key that was probably meant, or the beginning of it that was: each part is compared with those that stand
  /// where it does.
  static func nearestKey(to key: String) -> String? {
    var known: [String] = []
    for part in key.split(separator: ".").map(String.init) {
      let parts = all.map { $0.key.split(separator: ".").map(String.init) }
        .filter { $0.count > known.count && Array($0.prefix(known.count)) == known }
        .map { $0[known.count] }
      if parts.contains(part) {
        known.append(part)
      } else {
        return MeantName.nearest(to: part, in: parts).map { (known + [$0]).joined(separator: ".") }
      }
    }
    return nil
  }

  /// Refuses variables that are to be settings and are none. Others that begin with `SIGNALBOX_` belong to the command
  /// line, or to whoever starts the server.
  static func check(_ variables: some Sequence<String>) throws {
    let names = all.map(\.variable) + [fileVariable]
    let groups = Set(all.compactMap { $0.key.split(separator: ".").first.map { $0.uppercased() } }).sorted()
    for variable in variables.sorted() where variable.hasPrefix("SIGNALBOX_") && !names.contains(variable) {
      let group = variable.split(separator: "_").dropFirst().first.map(String.init) ?? ""
      let nearest = MeantName.nearest(to: variable, in: names)
      guard nearest != nil || groups.contains(group) || MeantName.nearest(to: group, in: groups) != nil else {
        continue
      }
      let meant = nearest.map { "; did you mean `\($0)`?" } ?? ""
      throw UsageError(
        description: "the environment has `\(variable)`, and there is no such setting\(meant)",
        next: "unset it, or see `signalboxd --help`")
    }
  }
}

extension ServerConfiguration {
  init(_ reader: ConfigReader) throws {
    func text(_ key: String) -> String? { reader.string(forKey: ConfigKey(key)) }
    func number(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
      guard let text = text(key) ?? reader.int(forKey: ConfigKey(key)).map(String.init) else { return nil }
      guard let value = Int(text), range.contains(value) else {
        throw StartupError("`\(key)` is `\(text)`; it must be a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return value
    }
    self.init(dataDirectory: text("data.directory") ?? "signalbox-data")
    host = text("listen.host") ?? host
    port = try number("listen.port", in: 0...65_535) ?? port
    certificateChainPath = text("tls.certificate")
    privateKeyPath = text("tls.key")
    clientTrustRootsPath = text("tls.client.roots")
    revocationListPath = text("tls.client.revoked")
    observabilityHost = text("observability.host") ?? observabilityHost
    observabilityPort = try number("observability.port", in: 0...65_535)
    eventLoops = try number("event.loops", in: 1...256) ?? eventLoops
    limits.drainSeconds = Int64(try number("drain.seconds", in: 0...3_600) ?? Int(limits.drainSeconds))
    limits.callsPerSecondPerTenant =
      try number("limits.calls.per.second.per.tenant", in: 0...1_000_000_000) ?? limits.callsPerSecondPerTenant
    limits.callsPerSecondPerToken =
      try number("limits.calls.per.second.per.token", in: 0...1_000_000_000) ?? limits.callsPerSecondPerToken
    for quota in QuotaSetting.all {
      if let value = try number(Setting.key(of: quota), in: 0...quota.most) { quota.set(value, in: &limits) }
    }
    adminTokenPath = text("admin.token.file")
  }
}
