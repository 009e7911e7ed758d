import Foundation
import SignalboxClient

extension Surroundings {
  /// The real process.
  static let process = Surroundings(
    variables: ProcessInfo.processInfo.environment,
    readInput: { limit in try InputFile.read(descriptor: 0, named: "standard input", limit: limit) },
    readAnswer: { readLine(strippingNewline: true) },
    writeOutput: { text in try StandardOutput.write(text) },
    writeError: { text in try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) },
    inputIsTerminal: isatty(0) == 1,
    outputIsTerminal: isatty(1) == 1,
    errorIsTerminal: isatty(2) == 1,
    columns: isatty(1) == 1 ? terminalColumns() : nil,
    uptime: { ContinuousClock.now - started },
    connect: { configuration, body in
      try await SignalboxClient.withClient(configuration) { client in try await body(Calls(client)) }
    },
    untilInterrupted: { body in try await Interruption.run(body) }
  )

  private static let started = ContinuousClock.now

  private static func terminalColumns() -> Int? {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
