import Foundation
import SignalboxClient
import SignalboxProtocol
import SignalboxTLS
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
    #expect(outcome.output.contains(": Address already in use; choose another address or port"), "\(outcome.output)")
    // Only a start that goes on makes the token, which is told once.
    #expect(!outcome.output.contains("first admin token"), "\(outcome.output)")
  }

  @Test func anObservabilityPortInUseIsSaid() async throws {
    let directory = try TemporaryDirectory()
    let taken = try FreePort.bound(to: 0)
    defer { close(taken.descriptor) }
    let outcome = try await ProgramRun.run(
      "signalboxd",
      [
        "--data-directory", directory.path + "/data", "--listen-port", "0", "--observability-port", "\(taken.port)",
      ])
    #expect(outcome.status == 69)
    for text in ["cannot listen on 127.0.0.1:\(taken.port) for health and metrics", "choose another port"] {
      #expect(outcome.output.contains(text), "\(outcome.output)")
    }
    #expect(!outcome.output.contains("first admin token"), "\(outcome.output)")
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

  /// File systems of the kernel, in which not even root can make a file. Nothing was made before it is said, and it is
  /// the directory that is blamed and not what would have been made in it.
  @Test(arguments: ["/proc", "/sys"]) func anUnwritableDirectoryIsSaid(_ directory: String) async throws {
    let outcome = try await ProgramRun.run("signalboxd", ["--data-directory", directory, "--listen-port", "0"])
    #expect(outcome.status == 69)
    #expect(outcome.output.contains("cannot write in the data directory `\(directory)`: "), "\(outcome.output)")
    #expect(outcome.output.contains("make it writable for this user, or name another"), "\(outcome.output)")
    #expect(!outcome.output.contains("certificate"), "\(outcome.output)")
  }

  /// The first start tells the token and warns of its certificate; the second warns again and tells no token.
  @Test func theTokenIsToldOnceAndTheDevelopmentCertificateIsWarnedOf() async throws {
    let directory = try TemporaryDirectory()
    let arguments = ["--data-directory", directory.path + "/data", "--listen-port", "0"]
    var outputs: [String] = []
    for _ in 1...2 {
      let run = try ProgramRun.launch("signalboxd", arguments)
      try await run.waitForOutput(containing: "listening")
      run.process.terminate()
      let outcome = try await run.finish()
      #expect(outcome.status == 0)
      outputs.append(outcome.output)
    }
    for output in outputs {
      let warning = output.split(separator: "\n").first { $0.contains("using a development certificate") }
      #expect(warning?.contains("warning") == true, "\(output)")
      #expect(warning?.contains("authority=\(directory.path)/data/tls/ca.pem") == true, "\(output)")
    }
    #expect(outputs[0].contains("first admin token, shown this once: sbx1."))
    #expect(!outputs[1].contains("first admin token") && !outputs[1].contains("sbx1."), "\(outputs[1])")
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

  /// SIGHUP: new connections get the new certificate, and a broken one changes nothing but a line and a count.
  @Test func certificatesAreReadAgain() async throws {
    let server = try ServerProcess()
    // Two loops: what the server counts once is not to be counted once a loop.
    try await server.start(["--observability-port", "0", "--event-loops", "2"])
    let old = server.directory.path + "/old-ca.pem"
    try FileManager.default.copyItem(atPath: server.authorityPath, toPath: old)

    try "broken".write(toFile: server.data + "/tls/server.pem", atomically: true, encoding: .utf8)
    server.send(SIGHUP)
    try await server.waitForLog(containing: "reload failed, the old certificates stay")
    try await ping(server, trusting: old)
    let metrics = try await HTTPAnswer.ask("/metrics", port: server.observabilityPort())
    #expect(metrics.body.contains("\nsignalbox_failed_reloads_total 1\n"), "\(metrics.body)")
    #expect(!server.log.contains("certificates reloaded"))

    let new = try DevelopmentCertificate.make(
      directory: server.data + "/tls", now: Int64(Date().timeIntervalSince1970))
    server.send(SIGHUP)
    try await server.waitForLog(containing: "certificates reloaded")
    try await ping(server, trusting: new.trustRootsPath)
    let refusal = await #expect(throws: ClientError.self) { try await ping(server, trusting: old) }
    #expect(refusal?.message.contains("is not accepted") == true, "\(String(describing: refusal))")
    await server.kill(SIGTERM)
  }

  private func ping(_ server: ServerProcess, trusting authority: String) async throws {
    var configuration = server.configuration(token: nil)
    configuration.trustRootsPath = authority
    try await SignalboxClient.withClient(configuration) { client in
      let answer = try await client.system.ping([7])
      #expect(answer.payload == Data([7]))
    }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
