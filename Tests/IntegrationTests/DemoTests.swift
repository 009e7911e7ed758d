import Foundation
import Testing

/// The demonstration, on the programs of this build: the command line as people use it, against a real server.
struct DemoTests {
  @Test func theDemoShowsWhatItSays() async throws {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let outcome = try await ProgramRun.run(
      repository.path + "/scripts/demo", ["--check"], environment: ["SIGNALBOX_BIN": ServerProcess.programs.path])
    #expect(outcome.status == 0, "\(outcome.output.suffix(2_000))")
    #expect(outcome.output.contains("All as it should be"))
  }
}
