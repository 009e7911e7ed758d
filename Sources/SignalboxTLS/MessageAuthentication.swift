internal import COpenSSL

/// Proof that a text comes from a holder of a key.
package enum MessageAuthentication {
  /// The 32 bytes of HMAC-SHA-256. Compare them with `constantTimeEqual`, never with `==`.
  package static func hmacSHA256(key: some Collection<UInt8>, data: some Collection<UInt8>) -> [UInt8] {
    withBytes(key) { key in
      withBytes(data) { data in
        [UInt8](unsafeUninitializedCapacity: 32) { code, count in
          let done = sbx_hmac_sha256(key.baseAddress, key.count, data.baseAddress, data.count, code.baseAddress)
          precondition(done, "libcrypto has no HMAC with SHA-256")
          count = 32
        }
      }
    }
  }
}

/// Compares secrets in a time that depends on their lengths only.
package func constantTimeEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
  withBytes(left) { left in
    withBytes(right) { right in
      guard left.count == right.count else { return false }
      guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else { return true }
      return sbx_equal(leftStart, rightStart, left.count)
    }
  }
}
