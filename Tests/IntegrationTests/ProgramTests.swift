import Foundation
import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import Testing

/// `signalboxd` as an operator meets it.
@Suite(.serialized) struct ProgramTests {
  @Test func theExampleConfigurationIsTheProgramsOwn() async throws {
    let printed = try await ProgramRun.run("signalboxd", ["--example-config"])
    let kept = try String(contentsOf: Self.root.appending(path: "deploy/signalboxd.example.yaml"), encoding: .utf8)
    #expect(printed.status == 0)
    #expect(printed.output == kept, "write it anew: signalboxd --example-config > deploy/signalboxd.example.yaml")
  }

  @Test(
    arguments: [
      (["--nonsense", "1"], 64, "there is no setting `--nonsense`"), (["--listen-port"], 64, "needs a value"),
      (["--listen-port", "70000"], 69, "must be a number from 0 to 65535"), (["--log-level", "loud"], 64, "no level"),
      (["--config", "/nowhere.yaml"], 64, "cannot read the settings"),
    ])
  func wrongSettingsAreExplained(arguments: [String], status: Int32, message: String) async throws {
    let directory = try TemporaryDirectory()
    let outcome = try await ProgramRun.run("signalboxd", ["--data-directory", directory.path + "/data"] + arguments)
    #expect(outcome.status == status)
    #expect(outcome.output.contains(message), "\(outcome.output)")
  }

  @Test func settingsComeFromFileEnvironmentAndFlags() async throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/signalboxd.yaml"
    try "listen:\n  port: notanumber\nlog:\n  level: debug\n".write(toFile: file, atomically: true, encoding: .utf8)
    let data = ["--data-directory", directory.path + "/data"]
    // The file's port is wrong; the environment's wins over it, and is wrong in another way; the flag wins over both.
    let fromFile = try await ProgramRun.run("signalboxd", ["--config", file] + data)
    #expect(fromFile.output.contains("`notanumber`"), "\(fromFile.output)")
    let environment = ["SIGNALBOX_LISTEN_PORT": "-5"]
    let fromEnvironment = try await ProgramRun.run("signalboxd", ["--config", file] + data, environment: environment)
    #expect(fromEnvironment.output.contains("`-5`"), "\(fromEnvironment.output)")
    let run = try ProgramRun.launch(
      "signalboxd", ["--config", file, "--listen-port", "0"] + data, environment: environment)
    try await run.waitForOutput(containing: "listening")
    run.process.terminate()
    #expect(try await run.finish().status == 0)
  }

  @Test func aPortInUseIsSaid() async throws {
    let directory = try TemporaryDirectory()
    let taken = try FreePort.bound(to: 0)
    defer { close(taken.descriptor) }
    let outcome = try await ProgramRun.run(
      "signalboxd", ["--data-directory", directory.path + "/data", "--listen-port", "\(taken.port)"])
    #expect(outcome.status == 69)
    #expect(outcome.output.contains("choose another address or port"), "\(outcome.output)")
    // The database is made by now, so this start is the only one that can tell the token.
    #expect(outcome.output.contains("first admin token, shown this once: sbx1."), "\(outcome.output)")
  }

  @Test func aSecondServerOnTheSameDatabaseIsRefused() async throws {
    let server = try ServerProcess()
    try await server.start()
    let outcome = try await ProgramRun.run("signalboxd", ["--data-directory", server.data, "--listen-port", "0"])
    #expect(outcome.status == 69)
    #expect(outcome.output.contains("signalbox.db"), "\(outcome.output)")
    await server.kill(SIGTERM)
  }

  @Test func anUnusableDirectoryIsSaid() async throws {
    let directory = try TemporaryDirectory()
    try "a file".write(toFile: directory.path + "/data", atomically: true, encoding: .utf8)
    let outcome = try await ProgramRun.run(
      "signalboxd", ["--data-directory", directory.path + "/data", "--listen-port", "0"])
    #expect(outcome.status == 69)
    #expect(outcome.output.contains("data directory"), "\(outcome.output)")
  }

  @Test func anUnusableCertificateIsSaid() async throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/bad.pem"
    try "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let arguments = ["--data-directory", directory.path + "/data", "--listen-port", "0", "--tls-certificate", file]
    let outcome = try await ProgramRun.run("signalboxd", arguments + ["--tls-key", file])
    #expect(outcome.status == 69)
    #expect(outcome.output.contains("bad.pem"), "\(outcome.output)")
    let half = try await ProgramRun.run("signalboxd", arguments)
    #expect(half.output.contains("set both or neither"), "\(half.output)")
  }

  @Test func aDatabaseThatIsNoneIsSaidAndLeftAlone() async throws {
    let directory = try TemporaryDirectory()
    let data = directory.path + "/data"
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let text = String(repeating: "this is not a database ", count: 100)
    try text.write(toFile: data + "/signalbox.db", atomically: true, encoding: .utf8)
    let outcome = try await ProgramRun.run("signalboxd", ["--data-directory", data, "--listen-port", "0"])
    #expect(outcome.status == 69)
    #expect(try String(contentsOfFile: data + "/signalbox.db", encoding: .utf8) == text)
  }

  /// SIGTERM: calls finish, watches end with their cursor, the program ends in order.
  @Test func aDrainEndsWatchesWithTheirCursor() async throws {
    let server = try ServerProcess()
    try await server.start()
    let root = try server.rootToken()
    try await SignalboxClient.withClient(server.configuration(token: root)) { client in
      var tenant = CreateTenantRequest()
      tenant.name = "desk"
      _ = try await client.tenants.create(tenant)
    }
    try await SignalboxClient.withClient(server.configuration(token: root, tenant: "desk")) { client in
      try await HelpDesk.furnish(client)
      var watch = WatchTicketsRequest()
      watch.queues = ["Delta"]
      watch.cursor = "start"
      var kinds: [String] = []
      // It resumes by itself on the server that comes after.
      for try await response in client.tickets.watch(watch) where response.hasEvent {
        kinds.append(response.event.kind)
        if kinds.count == 1 {
          await server.kill(SIGTERM)
          try await server.start()
          _ = try await client.tickets.create(HelpDesk.ticket("gpu"))
        } else {
          break
        }
      }
      #expect(kinds == ["queue.approved", "ticket.created"])
    }
    await server.kill(SIGTERM)
  }

  /// SIGHUP: new connections get the new certificate, and a broken one changes nothing.
  @Test func certificatesAreReadAgain() async throws {
    let server = try ServerProcess()
    try await server.start(["--observability-port", "0"])
    let chain = server.data + "/tls/server.pem"
    let good = try String(contentsOfFile: chain, encoding: .utf8)
    try "broken".write(toFile: chain, atomically: true, encoding: .utf8)
    server.send(SIGHUP)
    // The old certificate still serves.
    try await SignalboxClient.withClient(server.configuration(token: nil)) { client in
      _ = try await client.system.ping([1])
    }
    try good.write(toFile: chain, atomically: true, encoding: .utf8)
    server.send(SIGHUP)
    try await SignalboxClient.withClient(server.configuration(token: nil)) { client in
      _ = try await client.system.ping([2])
    }
    await server.kill(SIGTERM)
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
