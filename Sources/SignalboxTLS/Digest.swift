internal import COpenSSL

/// Digests, by the system's libcrypto.
package enum Digest {
  /// The 32 bytes of the SHA-256 of `bytes`.
  package static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] {
    withBytes(bytes) { sha256($0) }
  }

  package static func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { digest, count in
      let done = sbx_sha256(bytes.baseAddress, bytes.count, digest.baseAddress)
      precondition(done, "libcrypto has no SHA-256")
      count = 32
    }
  }
}
