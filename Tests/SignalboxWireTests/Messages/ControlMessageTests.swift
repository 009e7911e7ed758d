import NIOCore
import SignalboxWire
import Testing

@Suite struct ControlMessageTests {
  /// Random messages survive encoding, and `encodedCount` tells the truth.
  @Test func roundTrip() {
    var random = SeededRandom(seed: 0x5167_6e61)
    for _ in 0..<2_000 {
      var hello = Hello()
      hello.minor = random.number()
      hello.maxFrame = random.number()
      hello.initialWindow = random.number()
      hello.features = (0..<random.below(4)).map { _ in random.text() }
      hello.software = random.text()
      hello.serverInstance = ByteBuffer(bytes: random.bytes(random.below(20)))
      hello.nowMilliseconds = Int64(bitPattern: random.next())
      hello.token = random.text()
      check(hello)

      var header = CallHeader(method: random.number(), timeoutMilliseconds: random.number())
      let key = random.bytes(random.below(65))
      header.idempotencyKey = key.isEmpty ? nil : ByteBuffer(bytes: key)
      header.metadata = (0..<random.below(5)).map { _ in Metadata(key: random.text(), value: random.text()) }
      header.traceparent = random.text()
      header.attempt = random.number()
      header.dryRun = random.below(2) == 1
      check(header)

      var status = Status(StatusCode.allCases[random.below(17)], reason: random.text(), message: random.text())
      status.retry = Retry.allCases[random.below(3)]
      status.retryAfterMilliseconds = random.number()
      status.violations = (0..<random.below(4)).map { _ in
        FieldViolation(field: random.text(), description: random.text())
      }
      status.cursor = random.text()
      status.limit = random.text()
      check(status)
    }
  }

  private func check<M: ControlMessage>(_ message: M) {
    var buffer = ByteBuffer(string: "before")
    let before = buffer.readableBytes
    message.encode(into: &buffer)
    #expect(buffer.readableBytes - before == message.encodedCount)
    #expect(M(decoding: buffer, offset: before, length: message.encodedCount) == message)
  }

  /// Bytes that are cut off or changed are refused or read as something, without a trap.
  @Test func damagedBytesDoNotTrap() {
    var random = SeededRandom(seed: 0x0dad)
    var header = CallHeader(method: 0x0101, timeoutMilliseconds: 5_000)
    header.idempotencyKey = ByteBuffer(bytes: 0..<16)
    header.metadata = [Metadata(key: "k", value: "v\u{e9}")]
    var whole = ByteBuffer()
    header.encode(into: &whole)
    for length in 0..<whole.readableBytes {
      _ = CallHeader(decoding: whole, offset: 0, length: length)
    }
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = whole.bytes
      bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
      if CallHeader(decoding: ByteBuffer(bytes: bytes)) == nil { refused += 1 }
    }
    #expect(refused > 1_000)
  }

  @Test(arguments: [(-1, 1), (0, -1), (0, 4), (4, 0), (2, 2), (Int.max, 1), (1, Int.max)])
  func rangesOutsideTheBufferAreRefused(offset: Int, length: Int) {
    let buffer = ByteBuffer(bytes: [0x08, 0x01, 0x08])
    #expect(CallHeader(decoding: buffer, offset: offset, length: length) == nil)
    #expect(Status(decoding: buffer, offset: offset, length: length) == nil)
    #expect(Hello(decoding: buffer, offset: offset, length: length) == nil)
  }

  @Test(
    arguments: [
      ([0xc3, 0x28], false), ([0xed, 0xa0, 0x80], false), ([0xc0, 0x80], false), ([0xf5, 0x80, 0x80, 0x80], false),
      ([0xe2, 0x82], false), ([0xff], false), ([0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x80], false),
      ([0xef, 0xbf, 0xbd], true), ([0xc3, 0xa9], true), ([0xf0, 0x9f, 0x9a, 0x82], true), ([0x00], true),
      // Three bytes of a cut character and U+FFFD, its repair, have the same length.
      ([0xf0, 0x9f, 0x9a], false),
    ] as [([UInt8], Bool)])
  func textMustBeUTF8(bytes: [UInt8], isText: Bool) {
    let field = ByteBuffer(bytes: [0x2a, UInt8(bytes.count)] + bytes)
    #expect((CallHeader(decoding: field) != nil) == isText)
  }

  @Test func moreEntriesThanTheLimitAreNotKept() throws {
    var header = CallHeader(method: 1)
    header.metadata = Array(repeating: Metadata(key: "k", value: ""), count: 5_000)
    var buffer = ByteBuffer()
    header.encode(into: &buffer)
    let decoded = try #require(CallHeader(decoding: buffer))
    #expect(decoded.metadata.count == 33)
  }

  @Test func unknownEnumsHaveAMeaning() throws {
    let status = try #require(Status(decoding: ByteBuffer(bytes: [0x08, 99, 0x20, 9])))
    #expect(status.code == .unknown && status.retry == .never)
  }
}
