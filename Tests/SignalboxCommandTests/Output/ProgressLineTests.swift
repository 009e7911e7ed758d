import Testing

@testable import signalbox

@Suite struct ProgressLineTests {
  private static let blank = "\r\u{1b}[K"

  private func written(
    terminal: Bool = true, _ variables: [String: String] = [:], _ body: (ProgressLine) -> Void
  ) -> String {
    let console = FakeConsole()
    var surroundings = console.surroundings(FakeServer([:]), terminal: terminal)
    surroundings.variables = variables
    body(ProgressLine(surroundings))
    #expect(console.output.isEmpty)
    return console.errors
  }

  @Test func isWrittenOverAndCleared() {
    let text = written { line in
      line.clear()
      line.show(1, of: 4)
      line.show(4, of: 4)
      line.clear()
      line.clear()
    }
    #expect(
      text == "\(Self.blank)█████░░░░░░░░░░░░░░░ 1 of 4\(Self.blank)████████████████████ 4 of 4\(Self.blank)")
  }

  /// It has no colour, so `NO_COLOR` leaves it; a file or a terminal that cannot go back in a line gets nothing.
  @Test(
    arguments: [
      (true, [:], true), (true, ["NO_COLOR": "1"], true), (true, ["TERM": "dumb"], false), (false, [:], false),
    ] as [(Bool, [String: String], Bool)])
  func isForTerminalsThatCan(_ terminal: Bool, _ variables: [String: String], _ isShown: Bool) {
    let text = written(terminal: terminal, variables) { line in
      line.show(1, of: 4)
      line.clear()
    }
    #expect(text.isEmpty == !isShown)
    #expect(!text.contains("m"))
  }

  /// Whatever a server says.
  @Test(
    arguments: [
      (0, 0, ""), (0, 1, ""), (9, 2, "\(blank)████████████████████ 2 of 2"),
      (.max, .max, "\(blank)████████████████████ \(UInt64.max) of \(UInt64.max)"),
    ] as [(UInt64, UInt64, String)])
  func anyNumbers(_ done: UInt64, _ total: UInt64, _ shown: String) {
    #expect(written { $0.show(done, of: total) } == shown)
  }
}
