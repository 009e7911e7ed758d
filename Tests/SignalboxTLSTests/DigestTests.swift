import NIOCore
import SignalboxTLS
import Testing

@Suite struct DigestTests {
  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// FIPS 180-2, appendix B, and the empty text.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func sha256(_ text: String, _ expected: String) {
    #expect(hex(Digest.sha256(text.utf8)) == expected)
    #expect(hex(Digest.sha256(Array(text.utf8))) == expected)
    #expect(hex(Digest.sha256(ByteBuffer(string: text).readableBytesView)) == expected)
    #expect(hex(Digest.sha256(Array(text.utf8).reversed().reversed() as [UInt8])) == expected)
    #expect(hex(Array(text.utf8).withUnsafeBytes { Digest.sha256($0) }) == expected)
    // A collection that does not lie in one piece.
    #expect(hex(Digest.sha256(text.utf8.lazy.map { $0 })) == expected)
  }

  /// RFC 4231, cases 1, 2 and 6, and an empty key.
  @Test(
    arguments: [
      (
        [UInt8](repeating: 0x0b, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
      ([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ] as [([UInt8], String, String)])
  func hmac(_ key: [UInt8], _ data: String, _ expected: String) {
    #expect(hex(MessageAuthentication.hmacSHA256(key: key, data: data.utf8)) == expected)
  }

  @Test func threadsHashIndependently() async {
    await withTaskGroup(of: Bool.self) { group in
      for seed in 0..<8 {
        group.addTask {
          let text = [UInt8](repeating: UInt8(seed), count: 100)
          let expected = Digest.sha256(text)
          return (0..<1000).allSatisfy { _ in Digest.sha256(text) == expected }
        }
      }
      for await same in group { #expect(same) }
    }
  }

  @Test func random() {
    #expect(SecureRandom.bytes(count: 0).isEmpty)
    #expect(SecureRandom.bytes(count: 32).count == 32)
    #expect(SecureRandom.bytes(count: 32) != SecureRandom.bytes(count: 32))
    #expect(Set(SecureRandom.bytes(count: 10_000)).count == 256)
  }

  @Test(arguments: [
    ("", "", true), ("a", "a", true), ("a", "b", false), ("a", "", false), ("abc", "abcd", false),
    ("abcx", "abcy", false),
  ])
  func equality(_ left: String, _ right: String, _ expected: Bool) {
    #expect(constantTimeEqual(left.utf8, right.utf8) == expected)
  }
}
