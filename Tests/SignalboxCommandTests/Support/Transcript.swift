import Foundation
import SignalboxClient
import Synchronization
import Testing

@testable import signalbox

/// One run of the program against the fake server: what goes in and what has to come out. `$DIR` in arguments,
/// variables and expectations is a folder of its own.
struct Transcript: Sendable, CustomTestStringConvertible {
  var arguments: [String]
  /// By name of the call.
  var answers: [String: [Answer]] = [:]
  /// Contents by name within the folder.
  var files: [String: String] = [:]
  var variables: [String: String] = [:]
  var input = ""
  /// Whether standard input, output and error are a terminal.
  var terminal = false

  var output = ""
  var errors = ""
  var status = ExitStatus.done
  /// The calls that were made, in order; nil: any.
  var calls: [String]?
  /// Contents that files have afterwards; nil: there is none.
  var filesAfter: [String: String?] = [:]

  /// The arguments are split at blanks; `'…'` keeps them together.
  init(_ line: String) {
    arguments = []
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if index.isMultiple(of: 2) {
        arguments += part.split(separator: " ").map(String.init)
      } else {
        arguments.append(String(part))
      }
    }
  }

  var testDescription: String { arguments.joined(separator: " ") }

  func with(_ change: (inout Transcript) -> Void) -> Transcript {
    var copy = self
    change(&copy)
    return copy
  }

  func check(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("signalbox-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let placed = { (text: String) in text.replacing("$DIR", with: folder) }
    for (name, text) in files { try Data(placed(text).utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
    for name in files.keys { chmod("\(folder)/\(name)", 0o600) }

    let server = FakeServer(answers)
    let console = FakeConsole(input: input)
    var surroundings = console.surroundings(server, terminal: terminal)
    surroundings.variables = [
      "SIGNALBOX_CONFIG": "\(folder)/config.yaml", "SIGNALBOX_SERVER": "localhost:7443", "SIGNALBOX_TOKEN": "secret",
    ].merging(variables.mapValues(placed)) { $1 }
    let run = arguments.map(placed)
    let status = await Surroundings.$current.withValue(surroundings) { await Invocation.run(run) }

    #expect(console.output == placed(output), sourceLocation: sourceLocation)
    #expect(console.errors == placed(errors), sourceLocation: sourceLocation)
    #expect(status == self.status, sourceLocation: sourceLocation)
    if let calls { #expect(server.log == calls, sourceLocation: sourceLocation) }
    for (name, text) in filesAfter {
      let found = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      #expect(found == text.map(placed), "file \(name)", sourceLocation: sourceLocation)
    }
  }
}

/// The streams of a run, and its clock, which goes on by a millisecond each time it is read.
final class FakeConsole: Sendable {
  private struct State {
    var input: String
    var output = ""
    var errors = ""
    var milliseconds = 0
  }

  private let state: Mutex<State>

  init(input: String = "") { state = Mutex(State(input: input)) }

  var output: String { state.withLock { $0.output } }
  var errors: String { state.withLock { $0.errors } }

  func surroundings(_ server: FakeServer, terminal: Bool = false) -> Surroundings {
    Surroundings(
      variables: [:],
      readInput: { limit in
        let bytes = Array(self.state.withLock { $0.input }.utf8)
        guard bytes.count <= limit else { throw CommandFailure(.usage, "too much input") }
        return bytes
      },
      readAnswer: {
        self.state.withLock { state in
          guard !state.input.isEmpty else { return nil }
          let lines = state.input.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
          state.input = lines.count > 1 ? String(lines[1]) : ""
          return lines.first.map(String.init)
        }
      },
      writeOutput: { text in self.state.withLock { $0.output += text } },
      writeError: { text in self.state.withLock { $0.errors += text } },
      inputIsTerminal: terminal, outputIsTerminal: terminal, errorIsTerminal: terminal,
      columns: terminal ? 80 : nil,
      uptime: {
        self.state.withLock { state in
          state.milliseconds += 1
          return .milliseconds(state.milliseconds)
        }
      },
      connect: { configuration, body in
        var parts = ["\(configuration.host):\(configuration.port)"]
        if configuration.token != "secret" { parts.append("token=\(configuration.token ?? "none")") }
        if let tenant = configuration.tenant { parts.append("tenant=\(tenant)") }
        if let roots = configuration.trustRootsPath { parts.append("ca=\(roots)") }
        if parts != ["localhost:7443"] { server.note("connect \(parts.joined(separator: " "))") }
        try await body(server.calls)
      },
      untilInterrupted: { body in try await body() })
  }
}
