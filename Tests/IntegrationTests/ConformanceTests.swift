import Foundation
import SignalboxTestKit
import Testing

/// The independent client, written from Protocol/ alone, against the real server.
struct ConformanceTests {
  @Test func theIndependentClientAgrees() async throws {
    let server = try ServerProcess()
    try await server.start()
    let outcome = try await ProgramRun.run(
      "/usr/bin/python3",
      [
        ProgramTests.root.appending(path: "Tests/Conformance/run.py").path, "--server", "127.0.0.1:\(server.port)",
        "--ca", server.authorityPath, "--token-file", server.directory.path + "/admin.token",
      ])
    #expect(outcome.status == 0, "\(outcome.output)")
    print(outcome.output.split(separator: "\n").last ?? "")
    await server.kill(SIGTERM)
  }
}
