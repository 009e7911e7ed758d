import NIOCore
import NIOPosix
import SignalboxTLS
import SignalboxWire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Puts what went wrong below the protocol into words that say what to do.
extension ConnectionEnding {
  /// An error of the transport. `address` is where the connection goes.
  init(_ error: any Error, _ address: String) {
    switch error {
    case let error as NIOConnectionError: self.init(error, address)
    case let error as TLSError: self.init(error, address)
    case let error as IOError: self.init(errno: error.errnoCode, address)
    case ChannelError.connectTimeout:
      self = .unavailable("connection to \(address) took too long; check the address and the network")
    case let error as ClientError: self.init(error, isFatal: true)
    default: self = .unavailable("connection to \(address) failed: \(error)")
    }
  }

  private init(_ error: NIOConnectionError, _ address: String) {
    // One address that refuses says more than another that cannot be reached.
    let causes = error.connectionErrors.map { ConnectionEnding($0.error, address) }
    if let refused = causes.first(where: { $0.error.message.contains("refused") }) ?? causes.first {
      self = refused
    } else {
      self = .unavailable("no address was found for the host name `\(error.host)`; check its spelling")
    }
  }

  private init(errno code: CInt, _ address: String) {
    switch code {
    case ECONNREFUSED:
      self = .unavailable("connection to \(address) refused; is signalboxd running there?")
    case ENETUNREACH, EHOSTUNREACH:
      self = .unavailable("\(address) cannot be reached from here; check the address and the network")
    case ETIMEDOUT:
      self = .unavailable("connection to \(address) took too long; check the address and the network")
    case ECONNRESET, EPIPE:
      self = .lost(address, "the other side reset it")
    default:
      self = .unavailable("connection to \(address) failed: error \(code) of the operating system")
    }
  }

  private init(_ error: TLSError, _ address: String) {
    switch error.code {
    case .configuration:
      self.init(ClientError(code: .invalidArgument, message: error.description), isFatal: true)
    case .notTLS:
      self = .unavailable("\(address) does not speak TLS; check the port", isFatal: true)
    case .applicationProtocol:
      self = .unavailable("\(address) does not speak `\(Transport.applicationProtocol)`; check the port", isFatal: true)
    case .peerCertificate:
      self = .unavailable(
        "the certificate of \(address) is not accepted: \(error.description); "
          + "name the authority that signed it as trust roots, and the name in it as server name", isFatal: true)
    case .alert, .protocolVersion:
      self = .unavailable("\(address) refused the TLS connection: \(error.description)", isFatal: true)
    case .raggedClose, .badRecord, .overload, .notOpen, .library:
      self = .lost(address, error.description)
    case .handshake, .deadline:
      self = .unavailable("the TLS handshake with \(address) failed: \(error.description)")
    }
  }

  /// The machine closed the connection.
  init(_ reason: CloseReason, _ address: String) {
    switch reason {
    case .peerError(.unauthenticated):
      self.init(
        ClientError(
          code: .unauthenticated, reason: .unauthenticated,
          message: "\(address) no longer accepts who speaks on this connection; use another token or certificate"),
        isFatal: true)
    case .violation(_, let text): self = .lost(address, "the server broke the protocol: \(text)")
    case .peerError(let code): self = .lost(address, "the server closed it with code \(code.rawValue)")
    case .peerSilent: self = .lost(address, "the server did not answer a PING")
    case .peerNotReading: self = .lost(address, "the server does not read")
    case .ended: self = .lost(address, "it was closed")
    }
  }

  static func lost(_ address: String, _ why: String) -> ConnectionEnding {
    .unavailable("the connection to \(address) was lost: \(why)")
  }

  static func unavailable(_ message: String, isFatal: Bool = false) -> ConnectionEnding {
    ConnectionEnding(ClientError(code: .unavailable, message: message), isFatal: isFatal)
  }
}
