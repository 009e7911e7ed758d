internal import COpenSSL

/// Bytes that nobody can guess: keys, tokens, nonces.
package enum SecureRandom {
  /// A process that cannot get randomness stops here: going on with guessable keys would be worse.
  package static func bytes(count: Int) -> [UInt8] {
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
      let done = sbx_random(bytes.baseAddress, count)
      precondition(done, "libcrypto has no randomness")
      initialized = count
    }
  }
}
