import SignalboxCore
import SignalboxTLS

extension CertificateName {
  /// The name of who showed a verified certificate.
  init(_ peer: PeerIdentity) {
    let kind: Kind =
      switch peer.kind {
      case .uri: .uri
      case .dns: .dns
      case .email: .email
      }
    self.init(kind, peer.name)
  }
}
