package import SignalboxCore
package import SignalboxServer
import Synchronization

/// The time of day as a test sets it.
package final class ManualClock: Sendable {
  /// Where a clock begins.
  package static let start: Int64 = 1_780_000_000_000

  private let milliseconds: Mutex<Int64>

  package init(startingAt milliseconds: Int64 = start) {
    self.milliseconds = Mutex(milliseconds)
  }

  package var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }

  package func advance(byMilliseconds step: Int64) {
    milliseconds.withLock { $0 += step }
  }

  package var serverClock: ServerClock { ServerClock { self.now } }
}
