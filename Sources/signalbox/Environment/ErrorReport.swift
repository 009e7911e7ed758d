import SignalboxClient

/// An error as the user sees it, and what the program ends with.
struct ErrorReport: Equatable {
  var status: ExitStatus
  var text: String

  /// Server text is shown escaped: it may repeat what a stranger wrote.
  init(_ error: any Error) {
    switch error {
    case let error as ClientError:
      self = ErrorReport(error, hint: Hint.text(for: error))
    case let refusal as HintedRefusal:
      self = ErrorReport(refusal.error, hint: refusal.hint)
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

  private init(_ error: ClientError, hint: String?) {
    let reason = error.reasonText.isEmpty ? "\(error.code)" : error.reasonText
    let message = error.message.isEmpty ? "the server answered \(reason)" : error.message
    let fields = error.violations.filter { !ErrorReport.isSaid($0, in: error) }
      .map { "  \(SafeText.line($0.field)): \(SafeText.line($0.description))" }
    text = ErrorReport.joined(["error: \(SafeText.line(message))"] + fields, hint: hint)
    status = ExitStatus(error)
  }

  /// The message says what is wrong with the first field, and often there is no other.
  private static func isSaid(_ violation: ClientError.Violation, in error: ClientError) -> Bool {
    guard error.message.contains(violation.description) else { return false }
    // Of rules it says the place in place of the field, which is the whole text.
    return error.reason == .rulesInvalid || error.message.contains(violation.field)
  }

  /// Whether the error came from a command at work, not from the reading of the command line.
  static func covers(_ error: any Error) -> Bool {
    error is ClientError || error is HintedRefusal || error is CommandFailure || error is InputFault
      || error is CancellationError
  }

  private static func joined(_ lines: [String], hint: String?) -> String {
    (lines + (hint.map { ["hint: \(SafeText.line($0))"] } ?? [])).joined(separator: "\n")
  }
}
