/// Counts events in windows that start with the first one.
struct RateWindow {
  private var start = WireInstant(nanoseconds: 0)
  private var count = 0

  init() {}

  /// Counts one event. True if it is more than `limit` in this window.
  mutating func exceeds(_ limit: Int, per window: WireInterval, at now: WireInstant) -> Bool {
    if count == 0 || now.since(start) >= window {
      start = now
      count = 0
    }
    count &+= 1
    return count > limit
  }
}
