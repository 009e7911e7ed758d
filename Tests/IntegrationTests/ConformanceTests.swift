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
    let lines = outcome.output.split(separator: "\n")
    // What it leaves out is its own decision; here it is seen.
    for line in lines where line.hasPrefix("skipped ") { print(line) }
    let last = try #require(lines.last)
    #expect(last.hasSuffix(" passed, 0 failed"), "\(last)")
    print(last)
    await server.kill(SIGTERM)
  }
}
