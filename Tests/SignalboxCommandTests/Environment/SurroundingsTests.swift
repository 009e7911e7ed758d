import Testing

@testable import signalbox

@Suite struct SurroundingsTests {
  @Test(
    arguments: [
      (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
      (true, ["TERM": "dumb"], false),
    ] as [(Bool, [String: String], Bool)])
  func colour(_ terminal: Bool, _ variables: [String: String], _ colour: Bool) {
    var surroundings = FakeConsole().surroundings(FakeServer([:]), terminal: terminal)
    surroundings.variables = variables
    #expect(surroundings.style.colour == colour)
  }

  @Test func interruptionEndsWorkWithoutError() async throws {
    try await Interruption.run {}
    struct Failed: Error {}
    await #expect(throws: Failed.self) { try await Interruption.run { throw Failed() } }
  }
}
