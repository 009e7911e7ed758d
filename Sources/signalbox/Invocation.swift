import ArgumentParser

/// One run of the program, from its arguments to what it ends with.
enum Invocation {
  static func run(_ arguments: [String]) async -> ExitStatus {
    let surroundings = Surroundings.current
    do {
      var command = try Signalbox.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return .done
    } catch {
      return report(error, surroundings)
    }
  }

  private static func report(_ error: any Error, _ surroundings: Surroundings) -> ExitStatus {
    if !ErrorReport.covers(error) {
      let code = Signalbox.exitCode(for: error)
      let message = Signalbox.fullMessage(for: error, columns: surroundings.columns ?? 80)
      if code == .success {
        // Nobody left to read the help is no failure of the command.
        try? surroundings.writeOutput(message.isEmpty ? "" : message + "\n")
        return .done
      }
      if code == .validationFailure {
        let text = message.hasPrefix("Error: ") ? "error: " + message.dropFirst("Error: ".count) : message
        surroundings.writeError(text + "\n")
        return .usage
      }
    }
    let report = ErrorReport(error)
    if !report.text.isEmpty { surroundings.writeError(report.text + "\n") }
    return report.status
  }
}
