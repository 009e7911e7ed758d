import Foundation
import NIOCore
import SignalboxProtocol
import SignalboxWire
import SwiftProtobuf
import Testing

/// The wire's own coding of its control messages says the same as the protobuf library, both ways.
struct ControlMessageTests {
  private static let seed: UInt64 = 20_260_101

  @Test func helloes() throws {
    print("seed \(Self.seed)")
    var random = SplitMix(state: Self.seed)
    for _ in 0..<2_000 {
      var ours = Hello()
      var theirs = ProtoHello()
      ours.minor = random.number()
      ours.maxFrame = random.number()
      ours.maxMessage = random.number()
      ours.initialWindow = random.number()
      ours.features = random.texts()
      ours.software = random.text()
      ours.token = random.text()
      ours.serverInstance = ByteBuffer(string: random.text())
      ours.nowMilliseconds = Int64(bitPattern: random.next()) >> Int64(random.next() % 60)
      theirs.minor = ours.minor
      theirs.maxFrame = ours.maxFrame
      theirs.maxMessage = ours.maxMessage
      theirs.initialWindow = ours.initialWindow
      theirs.features = ours.features
      theirs.software = ours.software
      theirs.token = ours.token
      theirs.serverInstance = Data(ours.serverInstance.readableBytesView)
      theirs.nowMs = ours.nowMilliseconds
      try expectSame(ours, theirs)
    }
  }

  @Test func callHeaders() throws {
    print("seed \(Self.seed)")
    var random = SplitMix(state: Self.seed)
    for _ in 0..<2_000 {
      var ours = CallHeader(method: random.number(), timeoutMilliseconds: random.number())
      ours.idempotencyKey = random.next() % 2 == 0 ? nil : ByteBuffer(string: "k" + random.text())
      ours.metadata = random.texts().map { Metadata(key: "k\($0.utf8.count)", value: $0) }
      ours.traceparent = random.text()
      ours.attempt = random.number()
      ours.dryRun = random.next() % 2 == 0
      var theirs = ProtoCallHeader()
      theirs.method = ours.method
      theirs.timeoutMs = ours.timeoutMilliseconds
      theirs.idempotencyKey = Data(ours.idempotencyKey?.readableBytesView ?? ByteBufferView())
      theirs.metadata = ours.metadata.map { entry in
        var metadata = ProtoMetadata()
        metadata.key = entry.key
        metadata.value = entry.value
        return metadata
      }
      theirs.traceparent = ours.traceparent
      theirs.attempt = ours.attempt
      theirs.dryRun = ours.dryRun
      try expectSame(ours, theirs)
    }
  }

  @Test func statuses() throws {
    print("seed \(Self.seed)")
    var random = SplitMix(state: Self.seed)
    for _ in 0..<2_000 {
      var ours = Status()
      ours.code = StatusCode(rawValue: UInt32(random.next() % 17)) ?? .ok
      ours.message = random.text()
      ours.reason = random.text()
      ours.retry = Retry(rawValue: UInt32(random.next() % 3)) ?? .never
      ours.retryAfterMilliseconds = random.number()
      ours.violations = random.texts().map { FieldViolation(field: $0, description: random.text()) }
      ours.cursor = random.text()
      ours.limit = random.text()
      var theirs = ProtoStatus()
      theirs.code = ours.code.rawValue
      theirs.message = ours.message
      theirs.reason = ours.reason
      theirs.retry = ProtoRetry(rawValue: Int(ours.retry.rawValue)) ?? .never
      theirs.retryAfterMs = ours.retryAfterMilliseconds
      theirs.violations = ours.violations.map { entry in
        var violation = ProtoFieldViolation()
        violation.field = entry.field
        violation.description_p = entry.description
        return violation
      }
      theirs.cursor = ours.cursor
      theirs.limit = ours.limit
      try expectSame(ours, theirs)
    }
  }

  private func expectSame<Ours: ControlMessage & Equatable>(_ ours: Ours, _ theirs: some Message) throws {
    let bytes: [UInt8] = try theirs.serializedBytes()
    let buffer = ByteBuffer(bytes: bytes)
    #expect(Ours(decoding: buffer, offset: 0, length: buffer.readableBytes) == ours)
    #expect(ours.encodedCount == bytes.count)
  }
}

/// A small generator whose numbers are the same on every machine.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Often small, sometimes large.
  mutating func number() -> UInt32 { UInt32(truncatingIfNeeded: next()) >> UInt32(next() % 32) }

  mutating func text() -> String {
    let alphabet = ["a", "Z", "0", "é", "漢", "🚂", " ", ""]
    return (0..<Int(next() % 12)).map { _ in alphabet[Int(next() % 8)] }.joined()
  }

  mutating func texts() -> [String] { (0..<Int(next() % 4)).map { _ in text() } }
}
