import SignalboxClient

/// An error as the user sees it, and what the program ends with.
struct ErrorReport: Equatable {
  var status: ExitStatus
  var text: String

  /// Server text is shown escaped: it may repeat what a stranger wrote.
  init(_ error: any Error) {
    switch error {
    case let error as ClientError:
      let fields = error.violations.map { "  \(SafeText.line($0.field)): \(SafeText.line($0.description))" }
      let message =
        error.message.isEmpty
        ? "the server answered \(error.reasonText.isEmpty ? "\(error.code)" : error.reasonText)" : error.message
      let hint = Hint.text(for: error)
      text = ErrorReport.joined(["error: \(SafeText.line(message))"] + fields, hint: hint)
      status = ExitStatus(error)
    case let failure as CommandFailure:
      // A command that has shown its no already leaves the message empty.
      text =
        failure.message.isEmpty
        ? "" : ErrorReport.joined(["error: \(SafeText.line(failure.message))"], hint: failure.hint)
      status = failure.status
    case let fault as InputFault:
      self = ErrorReport(fault.asFailure)
    case is CancellationError:
      text = "error: interrupted"
      status = .unavailable
    default:
      text = "error: \(SafeText.line("\(error)"))"
      status = .internalError
    }
  }

  /// Whether the error came from a command at work, not from the reading of the command line.
  static func covers(_ error: any Error) -> Bool {
    error is ClientError || error is CommandFailure || error is InputFault || error is CancellationError
  }

  private static func joined(_ lines: [String], hint: String?) -> String {
    (lines + (hint.map { ["hint: \(SafeText.line($0))"] } ?? [])).joined(separator: "\n")
  }
}
