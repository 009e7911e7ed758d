import SignalboxClient

/// What the program ends with. The numbers are part of the interface and never change.
enum ExitStatus: Int32, CaseIterable, Sendable {
  case done = 0
  /// The answer was no: a check failed, a share was too low, a question was answered with no.
  case answeredNo = 1
  /// The command line or an input file is wrong; nothing was sent.
  case usage = 2
  case notFound = 3
  /// The server refuses whatever is tried again: not permitted, invalid, or forbidden by the state of things.
  case refused = 4
  /// Somebody or something was there before: version mismatch, name taken, ticket assigned.
  case conflict = 5
  /// No answer, or none at present; trying again later may help.
  case unavailable = 6
  case unauthenticated = 7
  /// A fault of the server or of this program.
  case internalError = 70
  /// What a shell reports of a program that SIGPIPE ended.
  case outputClosed = 141

  /// The line for this status in `signalbox --help`.
  var meaning: String {
    switch self {
    case .done: "done"
    case .answeredNo: "the answer was no: a check failed or a share was too low"
    case .usage: "wrong command line or input file; nothing was sent"
    case .notFound: "not found"
    case .refused: "refused: not permitted, invalid, or not in this state"
    case .conflict: "conflict: changed since it was read, taken, or assigned"
    case .unavailable: "unavailable: cannot connect, overloaded, or no answer in time"
    case .unauthenticated: "no token, or one that the server does not know"
    case .internalError: "a fault of the server or of this program"
    case .outputClosed: "nobody read the output to its end"
    }
  }

  static var table: String {
    allCases.map { "  \(String($0.rawValue).padded(to: 4))\($0.meaning)" }.joined(separator: "\n")
  }

  init(_ error: ClientError) {
    switch error.reason {
    case .alreadyAssigned: self = .conflict
    case .authenticationThrottled: self = .unauthenticated
    // To try again helps where a wait is named.
    case .quotaExceeded: self = error.retryAfter == nil ? .refused : .unavailable
    case .messageTooLarge, .metadataTooLarge, .tooManyWatches: self = .refused
    default: self = ExitStatus(error.code)
    }
  }

  private init(_ code: StatusCode) {
    switch code {
    case .ok: self = .done
    case .notFound: self = .notFound
    case .invalidArgument, .permissionDenied, .failedPrecondition, .outOfRange, .unimplemented: self = .refused
    case .alreadyExists, .aborted: self = .conflict
    case .unavailable, .deadlineExceeded, .resourceExhausted, .cancelled: self = .unavailable
    case .unauthenticated: self = .unauthenticated
    case .unknown, .internal, .dataLoss: self = .internalError
    }
  }
}
