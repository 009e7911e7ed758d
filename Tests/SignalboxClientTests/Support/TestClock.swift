import NIOCore
import NIOEmbedded
import SignalboxWire
import Synchronization

@testable import SignalboxClient

/// Time that stands still until a test moves it, waits that are over at once and are written down, and chance that is
/// always in the middle, so that no wait is longer or shorter than its rule says.
final class TestClock: Sendable {
  let loop = NIOAsyncTestingEventLoop()
  private let recorded = Mutex<[WireInterval]>([])

  var clock: ClientClock {
    let loop = loop
    return ClientClock(
      now: { WireInstant(loop.now) },
      pause: { wait in
        self.recorded.withLock { $0.append(wait) }
        try Task.checkCancellation()
      },
      alarm: { instant, action in
        let scheduled = loop.scheduleTask(deadline: NIODeadline(instant), action)
        return { scheduled.cancel() }
      },
      wallMilliseconds: { 1_700_000_000_000 },
      random: { 1 << 63 })
  }

  /// Waits so far, in milliseconds.
  var pauses: [UInt32] { recorded.withLock { $0.map(\.milliseconds) } }
}
