import ArgumentParser
import Foundation
import SignalboxClient
import Testing

@testable import signalbox

@Suite struct ConnectionSettingsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var variables: [String: String] = [:]
    var flags: [String] = []
    var expected: ConnectionSettings
    var testDescription: String { "\(variables) \(flags)" }
  }

  static let file = """
    current: one
    contexts:
      one: {server: "one:1", token: t1, ca: /one.pem, tenant: a}
      two: {server: "two:2", token: t2}
    """

  /// The context, then the environment, then the flags: what is said later wins, each setting by itself.
  @Test(arguments: [
    Case(expected: settings("one:1", "t1", "/one.pem", "a")),
    Case(variables: ["SIGNALBOX_CONTEXT": "two"], expected: settings("two:2", "t2", nil, nil)),
    Case(
      variables: ["SIGNALBOX_CONTEXT": "two"], flags: ["--context", "one"],
      expected: settings("one:1", "t1", "/one.pem", "a")),
    Case(
      variables: [
        "SIGNALBOX_SERVER": "env:3", "SIGNALBOX_TOKEN": "te", "SIGNALBOX_CA": "/e.pem", "SIGNALBOX_TENANT": "e",
      ],
      expected: settings("env:3", "te", "/e.pem", "e")),
    Case(
      variables: [
        "SIGNALBOX_SERVER": "env:3", "SIGNALBOX_TOKEN": "te", "SIGNALBOX_CA": "/e.pem", "SIGNALBOX_TENANT": "e",
      ],
      flags: ["--server", "flag:4", "--token-file", "-", "--ca", "/f.pem", "--tenant", "f"],
      expected: settings("flag:4", "piped", "/f.pem", "f")),
    Case(
      flags: ["--client-certificate", "/k.pem", "--client-key", "/k.key"],
      expected: settings("one:1", nil, "/one.pem", "a", "/k.pem")),
    Case(
      variables: ["SIGNALBOX_CLIENT_CERTIFICATE": "/k.pem", "SIGNALBOX_CLIENT_KEY": "/k.key"],
      expected: settings("one:1", nil, "/one.pem", "a", "/k.pem")),
    Case(
      variables: ["SIGNALBOX_TOKEN": "te"], flags: ["--client-certificate", "/k.pem", "--client-key", "/k.key"],
      expected: settings("one:1", nil, "/one.pem", "a", "/k.pem")),
    Case(flags: ["--tenant", ""], expected: settings("one:1", "t1", "/one.pem", nil)),
    Case(
      variables: ["SIGNALBOX_SERVER": ""], flags: ["--tenant", "f"], expected: settings("one:1", "t1", "/one.pem", "f")),
  ])
  func precedence(_ example: Case) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("signalbox-\(UUID().uuidString).yaml").path
    try PrivateFile.create(path, Array(ConnectionSettingsTests.file.utf8))
    defer { PrivateFile.remove(path) }
    var surroundings = FakeConsole(input: " piped \nsecond line\n").surroundings(FakeServer([:]))
    surroundings.variables = example.variables.merging(["SIGNALBOX_CONFIG": path]) { $1 }
    let options = try ConnectionOptions.parse(example.flags)
    #expect(try ConnectionSettings.resolve(options, surroundings) == example.expected)
  }

  static func settings(
    _ server: String, _ token: String?, _ ca: String?, _ tenant: String?, _ certificate: String? = nil
  ) -> ConnectionSettings {
    ConnectionSettings(
      server: server, token: token, certificateAuthority: ca, tenant: tenant, clientCertificate: certificate,
      clientKey: certificate == nil ? nil : "/k.key")
  }

  @Test func unknownContext() throws {
    var surroundings = FakeConsole().surroundings(FakeServer([:]))
    surroundings.variables = ["SIGNALBOX_CONFIG": "/nonexistent/config.yaml"]
    let options = try ConnectionOptions.parse(["--context", "x"])
    #expect(throws: CommandFailure.self) { try ConnectionSettings.resolve(options, surroundings) }
  }

  @Test func noServer() {
    #expect(throws: CommandFailure.self) { try ConnectionSettings().configuration() }
    #expect(throws: CommandFailure.self) { try ConnectionSettings(server: "a b").configuration() }
    #expect(throws: CommandFailure.self) {
      try ConnectionSettings(server: "a:1", clientCertificate: "/k.pem").configuration()
    }
  }

  @Test func configuration() throws {
    let configuration = try ConnectionSettingsTests.settings("[::1]:8000", "t", "/c.pem", "a").configuration()
    #expect(configuration.host == "::1")
    #expect(configuration.port == 8000)
    #expect(configuration.token == "t")
    #expect(configuration.trustRootsPath == "/c.pem")
    #expect(configuration.tenant == "a")
    #expect(configuration.software == "signalbox/\(Version.text)")
  }

  @Test(
    arguments: [
      ("host", "host:7443"), ("host:1", "host:1"), ("[::1]", "[::1]:7443"), ("[::1]:65535", "[::1]:65535"),
      ("10.0.0.7:80", "10.0.0.7:80"),
      ("", nil), (":1", nil), ("host:", nil), ("host:0", nil), ("host:65536", nil), ("host:x", nil), ("::1", nil),
      ("[::1", nil),
      ("[::1]x", nil), ("a b", nil), ("host:+1", nil),
    ] as [(String, String?)])
  func address(_ text: String, _ shown: String?) {
    #expect(ServerAddress(text)?.text == shown)
  }
}
