public import SignalboxProtocol
public import SignalboxWire

/// Why a call has no answer: the server's refusal, or what kept the call from reaching it.
///
/// A task that is cancelled gets `CancellationError` instead. What the library repeats by itself is not seen here; the
/// error is that of the last attempt.
public struct ClientError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One field of the request, and what is wrong with it.
  public struct Violation: Sendable, Hashable {
    /// Path of the field in the request.
    public var field: String
    public var description: String

    public init(field: String, description: String) {
      self.field = field
      self.description = description
    }
  }

  /// The kind of failure, by gRPC's meanings. `unavailable` also says that no server was reached.
  public var code: StatusCode
  /// For programs to decide by. Nil when no server was reached, or a newer server has a reason this library does not
  /// know; then `reasonText` has it.
  public var reason: ErrorReason?
  /// As the server wrote it; empty if no server said anything.
  public var reasonText: String
  /// For people: what is wrong and what to do next.
  public var message: String
  public var violations: [Violation] = []
  /// When the server says that coming back may help.
  public var retryAfter: Duration?
  /// Where a watch may begin: for CURSOR_TOO_OLD the oldest position that is kept.
  public var cursor: String?
  /// The limit that was met, as `describe` names it.
  public var limit: String?

  public init(code: StatusCode, reason: ErrorReason? = nil, message: String) {
    self.code = code
    self.reason = reason
    reasonText = reason?.rawValue ?? ""
    self.message = message
  }

  /// The message, behind the reason if there is one.
  public var description: String { reasonText.isEmpty ? message : "\(reasonText): \(message)" }
}

extension ClientError {
  /// What a server's refusal is to the caller.
  init(_ status: Status) {
    self.init(code: status.code, reason: ErrorReason(rawValue: status.reason), message: status.message)
    reasonText = status.reason
    if status.message.isEmpty { message = reason?.meaning ?? "the server gave no reason" }
    violations = status.violations.map { Violation(field: $0.field, description: $0.description) }
    if status.retryAfterMilliseconds > 0 { retryAfter = .milliseconds(Int64(status.retryAfterMilliseconds)) }
    if !status.cursor.isEmpty { cursor = status.cursor }
    if !status.limit.isEmpty { limit = status.limit }
  }

  static var stopped: ClientError {
    ClientError(code: .unavailable, message: "the client has stopped; make a new one and keep its run() going")
  }

  static var outOfTime: ClientError {
    ClientError(
      code: .deadlineExceeded, reason: .deadlineExceeded,
      message: "the call was not sent in time, because no connection was free; allow more time or more connections")
  }
}
