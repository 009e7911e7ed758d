/// Why TLS said no: a code to switch on, a sentence for the log, and what OpenSSL said, if it did.
///
/// Nothing in it is secret, and nothing of it goes to the peer: a peer gets an alert or nothing.
package struct TLSError: Error, Sendable, Equatable {
  package enum Code: String, Sendable, CaseIterable {
    /// A file, path or list in the configuration cannot be used. Found when a context is made.
    case configuration
    /// The peer speaks something else: HTTP, or noise.
    case notTLS
    /// The peer offers no version that is allowed.
    case protocolVersion
    /// ALPN led to nothing: no overlap, or none offered.
    case applicationProtocol
    /// The peer showed no certificate, or one that is expired, revoked, untrusted or names nobody.
    case peerCertificate
    /// A record that does not authenticate or is too long.
    case badRecord
    /// The peer ended the connection with a fatal alert.
    case alert
    /// The handshake went wrong in a way that has no code of its own.
    case handshake
    /// Transport ended without close_notify: the last message may be cut short.
    case raggedClose
    /// The handshake took longer than it may.
    case deadline
    /// The peer or the inside went over a bound.
    case overload
    /// An operation that the state of the connection does not allow.
    case notOpen
    /// Something inside libssl failed on an open connection.
    case library
  }

  package let code: Code
  package let message: String
  /// What OpenSSL or the operating system said.
  package let cause: String?

  package init(_ code: Code, _ message: String, cause: String? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }
}

extension TLSError: CustomStringConvertible {
  package var description: String {
    if let cause { return "\(message): \(cause)" }
    return message
  }
}
