import SignalboxWire

/// Why a connection takes no more calls.
struct ConnectionEnding: Sendable, Equatable {
  /// What a call that was under way is told.
  var error: ClientError
  /// Trying again as it is will not help: a certificate nobody trusts, an identity that is not accepted.
  var isFatal = false
  /// The server takes no more of this client for a while, and said why.
  var isTurningAway = false
  /// The server asked for a drain; what is under way will be finished.
  var isOrderly = false
  /// The server's HELLO was read: there is a server, and it speaks the protocol.
  var sawHello = false
  /// How long the server wants to be left alone.
  var retryAfter = WireInterval(nanoseconds: 0)

  init(_ error: ClientError, isFatal: Bool = false) {
    self.error = error
    self.isFatal = isFatal
  }
}
