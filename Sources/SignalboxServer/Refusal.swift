import SignalboxCore
package import SignalboxProtocol
import SignalboxStore
package import SignalboxWire

/// A call's no, on its way to the caller.
package struct Refusal: Error {
  package var status: Status

  package init(_ reason: ErrorReason, _ message: String) {
    status = Status(reason.code, reason: reason.rawValue, message: message, retry: reason.retry)
  }

  /// A bound was met: which, as Describe names it where it does, and when it is worth to try again; 0 where waiting does
  /// not help.
  init(_ reason: ErrorReason, _ message: String, limit: String, retryAfterMilliseconds: UInt32 = 0) {
    self.init(reason, message)
    status.limit = limit
    status.retryAfterMilliseconds = retryAfterMilliseconds
  }
}

extension Status {
  /// What the caller is told of an error. What is not meant for callers becomes INTERNAL; the second value is then
  /// what the log should say.
  static func describing(_ error: any Error) -> (status: Status, fault: String?) {
    switch error {
    case let refusal as Refusal:
      return (refusal.status, nil)
    case let rejection as Rejection:
      return (Status(rejection), nil)
    case let failure as StoreError:
      guard let reason = failure.errorReason else { break }
      return (failure.refusal(reason).status, nil)
    default:
      break
    }
    return (Refusal(.internal, "the server failed; its log says more").status, String(describing: error))
  }

  init(_ rejection: Rejection) {
    // Both lists come from errors.tsv, so each name of the one is a name of the other; a test goes through all.
    let reason = ErrorReason(rawValue: rejection.reason.rawValue) ?? .internal
    self = Refusal(reason, rejection.message).status
    limit = rejection.limit
    violations = rejection.violations.map { FieldViolation(field: $0.field, description: $0.description) }
  }
}

extension StoreError {
  /// A store that has caught up takes more; one without room has it when somebody made some.
  private static let retryWhenOverloaded: UInt32 = 100
  private static let retryWhenFull: UInt32 = 5_000

  func refusal(_ reason: ErrorReason) -> Refusal {
    switch self {
    case .overloaded:
      Refusal(reason, description, limit: "store_queue", retryAfterMilliseconds: Self.retryWhenOverloaded)
    case .diskFull: Refusal(reason, description, limit: "disk", retryAfterMilliseconds: Self.retryWhenFull)
    default: Refusal(reason, description)
    }
  }

  /// Nil for what is a fault of the server's own.
  var errorReason: ErrorReason? {
    switch self {
    case .overloaded: .overloaded
    case .tooSlow, .tooManyRows: .tooSlow
    case .diskFull: .diskFull
    case .needsRestart, .io, .closed, .busy: .storeUnavailable
    case .constraint, .corrupt, .badQuery, .locked, .unwritable, .notADatabase, .newerSchema, .migration: nil
    }
  }
}
