import NIOCore
import SignalboxWire

/// How one attempt of a call ended.
enum CallOutcome: Sendable, Equatable {
  /// OK, with the answer's last or only message; nil if it had none.
  case answered(ByteBuffer?)
  /// The server, or the clock on its behalf, said no. A watch also ends so when all is well.
  case ended(Status)
  case reset(ResetCode)
  /// The connection ended under the call, which may have been executed or not.
  case lost(ConnectionEnding)
  /// The connection does not accept who calls, and has not executed the call.
  case refused(ConnectionEnding)
  /// The server took no more calls of this connection, this one neither, and said why.
  case turnedAway(ConnectionEnding)
  /// The connection takes no calls any more, or has no room: nothing was sent.
  case notSent
  /// The caller's task was cancelled.
  case cancelled
}

/// A failed attempt: what the caller would be told, and what the protocol allows to do about it.
struct CallFailure: Equatable {
  var error: ClientError
  var retry: Retry
  /// As the server asked; 0 if it did not.
  var retryAfter = WireInterval(nanoseconds: 0)

  init(_ error: ClientError, _ retry: Retry) {
    self.error = error
    self.retry = retry
  }

  init(_ status: Status) {
    self.init(ClientError(status), status.retry)
    retryAfter = min(.milliseconds(status.retryAfterMilliseconds), ClientLimits.retryAfterCeiling)
  }

  init(_ code: ResetCode) {
    switch code {
    case .refused:
      self.init(
        ClientError(
          code: .unavailable, message: "the server did not take the call and has not executed it; call again"),
        .notExecuted)
    case .cancel:
      self.init(
        ClientError(code: .cancelled, message: "the server gave up the call; it may have been executed"), .never)
    case .internal:
      self.init(
        ClientError(code: .internal, message: "the server failed in the call; its log has the details"), .never)
    }
  }

  /// The call was not executed, and another one may be when the server's time is over.
  init(turnedAway ending: ConnectionEnding) {
    self.init(ending.error, .notExecuted)
    retryAfter = ending.retryAfter
  }

  init(_ ending: ConnectionEnding) {
    var error = ending.error
    error.message += "; the call may have been executed"
    self.init(error, ending.isFatal ? .never : .sameKey)
  }
}
