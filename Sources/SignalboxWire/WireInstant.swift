/// A point on the caller's monotonic clock, in nanoseconds. The machines never read a clock.
package struct WireInstant: Comparable, Hashable, Sendable {
  package var nanoseconds: UInt64

  package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  /// Later than every instant a caller can reach; "no timer".
  package static let never = WireInstant(nanoseconds: .max)

  package static func < (a: WireInstant, b: WireInstant) -> Bool { a.nanoseconds < b.nanoseconds }

  /// Saturates at `never`.
  package static func + (instant: WireInstant, interval: WireInterval) -> WireInstant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(interval.nanoseconds)
    return overflow ? .never : WireInstant(nanoseconds: sum)
  }

  /// The time from `earlier` to this instant; zero if the clock went back.
  package func since(_ earlier: WireInstant) -> WireInterval {
    WireInterval(nanoseconds: nanoseconds > earlier.nanoseconds ? nanoseconds &- earlier.nanoseconds : 0)
  }
}

/// A length of time in nanoseconds.
package struct WireInterval: Comparable, Hashable, Sendable {
  package var nanoseconds: UInt64

  package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

  package static func seconds(_ count: UInt32) -> WireInterval {
    WireInterval(nanoseconds: UInt64(count) &* 1_000_000_000)
  }
  package static func milliseconds(_ count: UInt32) -> WireInterval {
    WireInterval(nanoseconds: UInt64(count) &* 1_000_000)
  }
  package static func < (a: WireInterval, b: WireInterval) -> Bool { a.nanoseconds < b.nanoseconds }
}
