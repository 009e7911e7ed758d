import SignalboxClient

/// A command's own reason to stop, as opposed to one that the server gave.
struct CommandFailure: Error, Equatable {
  var status: ExitStatus
  /// Lower-case start, no final period, input in backticks.
  var message: String
  /// What to do next.
  var hint: String?

  init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
    self.status = status
    self.message = message
    self.hint = hint
  }
}

/// The server's no with a command's own word of what to do next.
struct HintedRefusal: Error {
  var error: ClientError
  var hint: String
}

/// Something in an input file that keeps the whole file from being sent.
struct InputFault: Error, Equatable {
  var file: String
  /// From 1; nil when the file as a whole is meant.
  var line: Int?
  var message: String

  var asFailure: CommandFailure {
    let place = line.map { "\(file):\($0)" } ?? file
    return CommandFailure(
      .usage, "\(place): \(message)", hint: "nothing was sent; correct the file and run the command again")
  }
}
