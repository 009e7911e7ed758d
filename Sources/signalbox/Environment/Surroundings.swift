import Foundation
import SignalboxClient

/// Everything a command touches outside itself, so that a test can stand in for all of it.
struct Surroundings: Sendable {
  var variables: [String: String]
  /// Reads standard input to its end; throws when there is more than `limit` bytes.
  var readInput: @Sendable (_ limit: Int) throws -> [UInt8]
  /// One line from standard input, without its end; nil at the end of input.
  var readAnswer: @Sendable () -> String?
  /// Throws when standard output cannot be written, or when nobody reads it any more.
  var writeOutput: @Sendable (String) throws -> Void
  var writeError: @Sendable (String) -> Void
  var inputIsTerminal: Bool
  var outputIsTerminal: Bool
  var errorIsTerminal: Bool
  /// Width of the terminal; nil when output does not go to one.
  var columns: Int?
  /// Time since some fixed point; only differences mean anything.
  var uptime: @Sendable () -> Duration
  /// Runs `body` with calls that work while it runs.
  var connect:
    @Sendable (_ configuration: ClientConfiguration, _ body: @Sendable (Calls) async throws -> Void) async throws ->
      Void
  /// Runs `body` until it ends or the user interrupts; an interruption cancels it.
  var untilInterrupted: @Sendable (_ body: @escaping @Sendable () async throws -> Void) async throws -> Void

  @TaskLocal static var current = Surroundings.process

  /// Colour and width for text on standard output.
  var style: TextStyle {
    let noColour = !(variables["NO_COLOR"] ?? "").isEmpty || variables["TERM"] == "dumb"
    return TextStyle(colour: outputIsTerminal && !noColour, columns: columns)
  }

  /// The value of a variable; an empty one counts as not set.
  func variable(_ name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }
}
