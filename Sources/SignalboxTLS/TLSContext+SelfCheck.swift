internal import NIOCore

extension TLSContext {
  /// Proves by a handshake in memory that connections can be made from this context: that the
  /// certificate can be sent and that the key signs for it. Whether anybody trusts the certificate,
  /// and whether it has expired, is for the other side to say; see `notAfter`.
  package func verifyUsable() throws(TLSError) {
    let scratch = TLSScratch()
    var toServer = ByteBuffer()
    var toClient = ByteBuffer()
    guard isServer else {
      var client = try TLSEngine(context: self, scratch: scratch)
      if case .failed(let error) = client.handshake(&toClient, output: &toServer) { throw error }
      return
    }
    var server = try TLSEngine(context: self, scratch: scratch)
    var client = try TLSEngine(context: probe(), scratch: scratch)
    // The hello, then the server's whole flight: two turns each are enough.
    for _ in 0..<2 {
      switch client.handshake(&toClient, output: &toServer) {
      case .complete: return  // A server that wants a certificate says so later; the key is proved.
      case .failed(let error): throw error
      case .needsInput: break
      }
      if case .failed(let error) = server.handshake(&toServer, output: &toClient) { throw error }
    }
    throw TLSError(.configuration, "a handshake with this certificate does not come to an end")
  }

  /// A client that speaks the same protocols and believes anybody.
  private func probe() throws(TLSError) -> TLSContext {
    try TLSContext(
      believingAnybody: TLSConfiguration.client(applicationProtocols: configuration.applicationProtocols))
  }
}
