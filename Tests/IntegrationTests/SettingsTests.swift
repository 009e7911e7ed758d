import Foundation
import SignalboxTestKit
import Testing

/// What `signalboxd` says of settings that cannot be meant, and of a first start that cannot go on.
struct SettingsTests {
  @Test(
    arguments: [
      (
        "a.yaml", "listen:\n  port: 0\ntls:\n  client:\n    rots: x\n",
        "there is no setting `tls.client.rots`; did you mean `tls.client.roots`?"
      ),
      ("b.yaml", "limts:\n  x: 1\n", "there is no setting `limts.x`; did you mean `limits`?"),
      ("c.json", #"{"tls": {"client": {"rots": "x"}}}"#, "did you mean `tls.client.roots`?"),
      ("d.json", #"{"listen": {"port"#, "it is no JSON"),
      ("e.yaml", "event:\n  loops: [1, 2]\n", "`event.loops` takes one value"),
      ("f.yaml", "listen: 7\n", "`listen` is no setting, settings stand below it"),
    ])
  func aWrongFileIsRefused(name: String, text: String, message: String) async throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/" + name
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let outcome = try await ProgramRun.run(
      "signalboxd", ["--config", file, "--data-directory", directory.path + "/data"])
    #expect(outcome.status == 64)
    #expect(outcome.output.contains(message), "\(outcome.output)")
    #expect(outcome.output.contains("`\(file)`"), "\(outcome.output)")
    #expect(!outcome.output.contains("Domain="), "\(outcome.output)")
    #expect(!FileManager.default.fileExists(atPath: directory.path + "/data"))
  }

  @Test func aDirectoryIsNoFileOfSettings() async throws {
    let directory = try TemporaryDirectory()
    let outcome = try await ProgramRun.run("signalboxd", ["--config", directory.path])
    #expect(outcome.status == 64)
    #expect(outcome.output.contains("Is a directory; name a file"), "\(outcome.output)")
    #expect(!outcome.output.contains("Domain="), "\(outcome.output)")
  }

  @Test(
    arguments: [
      ("SIGNALBOX_TLS_CLIENT_ROTS", "did you mean `SIGNALBOX_TLS_CLIENT_ROOTS`?"),
      ("SIGNALBOX_LIMTS_X", "there is no such setting"),
    ])
  func aVariableThatIsNoSettingIsRefused(name: String, message: String) async throws {
    let directory = try TemporaryDirectory()
    let outcome = try await ProgramRun.run(
      "signalboxd", ["--data-directory", directory.path + "/data"], environment: [name: "x"])
    #expect(outcome.status == 64)
    #expect(outcome.output.contains("`\(name)`"), "\(outcome.output)")
    #expect(outcome.output.contains(message), "\(outcome.output)")
  }

  @Test func aFlagThatIsNearlyASettingIsNamed() async throws {
    let outcome = try await ProgramRun.run("signalboxd", ["--tls-client-rots", "x"])
    #expect(outcome.status == 64)
    #expect(
      outcome.output.contains("no setting `--tls-client-rots`; did you mean `--tls-client-roots`?"),
      "\(outcome.output)")
  }

  /// The example as it is printed, with its groups that hold nothing but comments, beside variables of the command line.
  @Test func theExampleIsAFileOfSettings() async throws {
    let directory = try TemporaryDirectory()
    let example = try await ProgramRun.run("signalboxd", ["--example-config"])
    let file = directory.path + "/signalboxd.yaml"
    try example.output.write(toFile: file, atomically: true, encoding: .utf8)
    let run = try ProgramRun.launch(
      "signalboxd", ["--config", file, "--data-directory", directory.path + "/data", "--listen-port", "0"],
      environment: ["SIGNALBOX_CONFIG": "contexts.yaml", "SIGNALBOX_TENANT": "desk", "SIGNALBOX_DEMO": "here"])
    try await run.waitForOutput(containing: "listening")
    run.process.terminate()
    #expect(try await run.finish().status == 0)
  }

  @Test func aRevocationListNeedsAuthorities() async throws {
    let directory = try TemporaryDirectory()
    let outcome = try await ProgramRun.run(
      "signalboxd",
      ["--data-directory", directory.path + "/data", "--listen-port", "0", "--tls-client-revoked", "list.pem"])
    #expect(outcome.status == 69)
    #expect(outcome.output.contains("set --tls-client-roots too"), "\(outcome.output)")
  }

  @Test func anUnknownHostIsSaid() async throws {
    let directory = try TemporaryDirectory()
    let outcome = try await ProgramRun.run(
      "signalboxd", ["--data-directory", directory.path + "/data", "--listen-host", "nosuch.invalid"])
    #expect(outcome.status == 69)
    #expect(outcome.output.contains("cannot listen on nosuch.invalid:7443: "), "\(outcome.output)")
    #expect(!outcome.output.contains("SocketAddressError"), "\(outcome.output)")
  }

  /// What stops a first start leaves the token for the one that goes on.
  @Test func aFirstStartThatFailsMakesNoToken() async throws {
    let directory = try TemporaryDirectory()
    let token = directory.path + "/admin.token"
    let arguments = ["--data-directory", directory.path + "/data", "--listen-port", "0", "--admin-token-file"]
    let unwritable = try await ProgramRun.run("signalboxd", arguments + [directory.path + "/absent/admin.token"])
    #expect(unwritable.status == 69)
    #expect(unwritable.output.contains("cannot write the first admin token to"), "\(unwritable.output)")
    #expect(!unwritable.output.contains("sbx1."), "\(unwritable.output)")
    try "another".write(toFile: token, atomically: true, encoding: .utf8)
    let there = try await ProgramRun.run("signalboxd", arguments + [token])
    #expect(there.status == 69)
    #expect(there.output.contains("which is there already"), "\(there.output)")
    try FileManager.default.removeItem(atPath: token)

    let taken = try FreePort.bound(to: 0)
    let refused = try await ProgramRun.run(
      "signalboxd", arguments + [token, "--observability-port", "\(taken.port)"])
    close(taken.descriptor)
    #expect(refused.status == 69)
    #expect(!FileManager.default.fileExists(atPath: token))

    let run = try ProgramRun.launch("signalboxd", arguments + [token])
    try await run.waitForOutput(containing: "listening")
    run.process.terminate()
    #expect(try await run.finish().status == 0)
    #expect(try String(contentsOfFile: token, encoding: .utf8).hasPrefix("sbx1."))
  }
}
