import SignalboxWire

/// Waits that double from one failure to the next, up to a ceiling, each ±20 % by chance, so that clients which failed
/// together do not come back together.
struct Backoff: Equatable {
  let base: WireInterval
  let ceiling: WireInterval

  static let retry = Backoff(base: ClientLimits.retryBase, ceiling: ClientLimits.retryCeiling)
  static let reconnect = Backoff(base: ClientLimits.reconnectBase, ceiling: ClientLimits.reconnectCeiling)

  /// The wait after the `failures`-th failure in a row, counted from 1. `random` is any number, evenly distributed.
  func wait(afterFailures failures: Int, random: UInt64) -> WireInterval {
    // 2³² times the base is beyond every ceiling, and shifts further than 63 have no meaning.
    let doublings = min(max(failures, 1) - 1, 32)
    let (grown, overflow) = base.nanoseconds.multipliedReportingOverflow(by: 1 << UInt64(doublings))
    let wait = overflow ? ceiling.nanoseconds : min(grown, ceiling.nanoseconds)
    let part = Double(random >> 11) / Double(1 << 53 as UInt64)
    return WireInterval(nanoseconds: UInt64(Double(wait) * (0.8 + 0.4 * part)))
  }
}
