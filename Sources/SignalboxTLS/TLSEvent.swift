/// What `TLSHandler` tells the handlers inside it, besides bytes.
package enum TLSEvent: Sendable, Equatable {
  /// Fired once, just before `channelActive`. `peer` is nil on a client, and on a server for a client
  /// that showed no certificate.
  case handshakeCompleted(alpn: String, peer: PeerIdentity?)
  /// The peer said that nothing follows. Everything it sent has been delivered before; the channel
  /// closes after this event.
  case closedCleanly
  /// The answer to `TLSRevalidation`: the certificate would not be accepted any more. The connection
  /// goes on; ending it decently is for the inside.
  case peerNoLongerTrusted(reason: String)
}

/// An outbound user event: verify the peer's certificate again, now by another context. Send it
/// through every open connection after a reload, to find the revoked.
package struct TLSRevalidation: Sendable {
  package let context: TLSContext

  package init(context: TLSContext) {
    self.context = context
  }
}
