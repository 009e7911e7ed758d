import Synchronization
import Testing

@testable import SignalboxClient

@Suite struct IdempotencyKeysTests {
  private static func keys(times: [UInt64], random: @escaping @Sendable () -> UInt64 = { .max }) -> [[UInt8]] {
    let rest = Mutex(times[...])
    let maker = IdempotencyKeys(wallMilliseconds: { rest.withLock { $0.popFirst() ?? 0 } }, random: random)
    return times.map { _ in maker.next() }
  }

  @Test func layoutIsThatOfVersion7() {
    let key = Self.keys(times: [0x0123_4567_89ab])[0]
    #expect(key.count == 16)
    #expect(Array(key[..<6]) == [0x01, 0x23, 0x45, 0x67, 0x89, 0xab])
    #expect(key[6] >> 4 == 7)
    #expect(key[8] >> 6 == 0b10)
    // What is not time, counter, version or variant is random.
    #expect(Array(key[9...]) == Array(repeating: 0xff, count: 7))
  }

  @Test(arguments: [
    ("one millisecond", Array(repeating: 5_000, count: 5_000) as [UInt64]),
    ("time goes on", Array(1_000..<1_100)),
    ("the clock goes back", [9_000, 8_000, 8_001, 9_000, 9_001]),
  ])
  func eachIsGreaterThanTheOneBefore(_ name: String, times: [UInt64]) {
    let keys = Self.keys(times: times)
    for (earlier, later) in zip(keys, keys.dropFirst()) {
      #expect(earlier.lexicographicallyPrecedes(later), "\(name): \(earlier) then \(later)")
    }
    #expect(Set(keys).count == times.count)
  }
}
