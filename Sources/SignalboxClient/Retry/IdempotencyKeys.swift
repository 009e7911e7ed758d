import Synchronization

/// Makes the keys of calls that have none: UUIDs of version 7, as 16 bytes. Each is greater than the one before, within
/// a millisecond too, and when the clock goes back.
package final class IdempotencyKeys: Sendable {
  private struct Last {
    var milliseconds: UInt64 = 0
    var counter: UInt16 = 0
  }

  /// The 12 bits that follow the version.
  private static let counterLimit: UInt16 = 0x0fff

  private let last = Mutex(Last())
  private let wallMilliseconds: @Sendable () -> UInt64
  private let random: @Sendable () -> UInt64

  package init(wallMilliseconds: @escaping @Sendable () -> UInt64, random: @escaping @Sendable () -> UInt64) {
    self.wallMilliseconds = wallMilliseconds
    self.random = random
  }

  package func next() -> [UInt8] {
    let now = wallMilliseconds() & 0xffff_ffff_ffff
    let seed = random()
    let (milliseconds, counter) = last.withLock { last in
      if now > last.milliseconds {
        // Half of the range is left for counting on.
        last = Last(milliseconds: now, counter: UInt16(truncatingIfNeeded: seed) & (Self.counterLimit >> 1))
      } else if last.counter < Self.counterLimit {
        last.counter += 1
      } else {
        // More keys than the counter holds: the next millisecond is borrowed.
        last = Last(milliseconds: (last.milliseconds &+ 1) & 0xffff_ffff_ffff, counter: 0)
      }
      return (last.milliseconds, last.counter)
    }
    return Self.uuid(milliseconds: milliseconds, counter: counter, random: random())
  }

  private static func uuid(milliseconds: UInt64, counter: UInt16, random: UInt64) -> [UInt8] {
    let high = milliseconds << 16 | 0x7000 | UInt64(counter)
    let low = random & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
    return bytes(high) + bytes(low)
  }

  private static func bytes(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) }
  }
}
