/// What a side of TLS is made from. Files are PEM; they are read when a `TLSContext` is made, and
/// again on every reload.
package struct TLSConfiguration: Sendable, Equatable {
  package enum Role: Sendable, Equatable {
    case server(clientCertificates: ClientCertificates)
    case client
  }

  package enum ClientCertificates: Sendable, Equatable {
    /// Not asked for.
    case none
    /// Asked for. A client without one is anonymous; one that is shown must verify.
    case optional
    /// A client without one is refused.
    case required
  }

  /// A certificate chain, own certificate first, and its private key.
  package struct Credentials: Sendable, Equatable {
    package var certificateChainPath: String
    package var privateKeyPath: String

    package init(certificateChainPath: String, privateKeyPath: String) {
      self.certificateChainPath = certificateChainPath
      self.privateKeyPath = privateKeyPath
    }
  }

  package var role: Role
  /// A server has them; a client has them if it identifies itself.
  package var credentials: Credentials?
  /// Whom to believe about the peer. For a client nil means the system's roots; a server that asks
  /// for certificates must name its own.
  package var trustRootsPath: String?
  /// A revocation list for certificates that clients show. One that is past its next update refuses
  /// every client certificate.
  package var revocationListPath: String?
  /// Protocols by preference. Empty: ALPN is not used at all.
  package var applicationProtocols: [String]

  package static let cipherSuites =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
  package static let groups = "X25519:P-256"

  package static func server(
    credentials: Credentials,
    clientCertificates: ClientCertificates = .none,
    trustRootsPath: String? = nil,
    revocationListPath: String? = nil,
    applicationProtocols: [String]
  ) -> TLSConfiguration {
    TLSConfiguration(
      role: .server(clientCertificates: clientCertificates), credentials: credentials,
      trustRootsPath: trustRootsPath, revocationListPath: revocationListPath,
      applicationProtocols: applicationProtocols)
  }

  package static func client(
    trustRootsPath: String? = nil,
    credentials: Credentials? = nil,
    applicationProtocols: [String]
  ) -> TLSConfiguration {
    TLSConfiguration(
      role: .client, credentials: credentials, trustRootsPath: trustRootsPath,
      revocationListPath: nil, applicationProtocols: applicationProtocols)
  }
}
