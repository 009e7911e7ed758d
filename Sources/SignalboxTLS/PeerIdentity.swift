internal import COpenSSL

/// Who a client is, by its verified certificate: the first URI among its subject alternative names,
/// else the first DNS name, else the first e-mail address. Never the common name.
package struct PeerIdentity: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case uri
    case dns
    case email
  }

  package let kind: Kind
  /// Printable ASCII, at most 512 bytes.
  package let name: String

  package init(kind: Kind, name: String) {
    self.kind = kind
    self.name = name
  }

  /// Reads it from a connection whose handshake is complete: nil if the peer showed no certificate.
  /// Throws for a certificate that names nobody: its owner meant to be somebody.
  static func read(from connection: OpaquePointer) throws(TLSError) -> PeerIdentity? {
    var kind = sbx_peer.anonymous
    let name = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(SBX_NAME_TEXT)) { text in
      text.initialize(repeating: 0)
      guard let start = text.baseAddress else { return "" }
      kind = sbx_peer_name(connection, start)
      return String(cString: start)
    }
    switch kind {
    case .anonymous: return nil
    case .uri: return PeerIdentity(kind: .uri, name: name)
    case .dns: return PeerIdentity(kind: .dns, name: name)
    case .email: return PeerIdentity(kind: .email, name: name)
    case .nameless:
      throw TLSError(
        .peerCertificate,
        "the client certificate names nobody: make it with a URI, DNS name or e-mail address as subject alternative name"
      )
    }
  }
}
