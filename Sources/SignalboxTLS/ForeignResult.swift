internal import COpenSSL

// Where what OpenSSL answers becomes ours. Nothing else in the project knows its codes.

extension TLSError {
  /// The error behind a result that failed.
  init(_ result: sbx_result, _ pipe: UnsafeMutablePointer<sbx_pipe>, duringHandshake: Bool) {
    let cause = String(errorText: &pipe.pointee.error)
    switch result.reason {
    case .notTLS:
      self.init(.notTLS, "the peer does not speak TLS", cause: cause)
    case .version:
      self.init(.protocolVersion, "the peer does not offer TLS 1.3", cause: cause)
    case .applicationProtocol:
      self.init(.applicationProtocol, "the peer offers no application protocol that is known here", cause: cause)
    case .peerCertificate:
      self.init(.peerCertificate, "the certificate of the peer was refused", cause: cause)
    case .badRecord:
      self.init(.badRecord, "a record could not be authenticated", cause: cause)
    case .alert:
      self.init(.alert, "the peer ended the connection with an alert", cause: cause)
    case .none, .other:
      let message = duringHandshake ? "the handshake failed" : "the connection failed"
      self.init(duringHandshake ? .handshake : .library, message, cause: cause)
    }
  }
}

extension String {
  /// The text that OpenSSL's functions wrote into a buffer of `SBX_ERROR_TEXT` bytes.
  init<Buffer>(errorText buffer: inout Buffer) {
    self = withUnsafeBytes(of: &buffer) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

/// Runs `operation` with room for an error text. Answers nil if it succeeded, else the text.
func foreignError(_ operation: (UnsafeMutablePointer<CChar>) -> Bool) -> String? {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(SBX_ERROR_TEXT)) { text in
    text.initialize(repeating: 0)
    guard let start = text.baseAddress, !operation(start) else { return nil }
    return String(cString: start)
  }
}
