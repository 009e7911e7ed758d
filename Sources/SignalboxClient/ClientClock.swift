package import NIOCore
package import SignalboxWire
import NIOPosix

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Time and chance, so that tests can decide both.
package struct ClientClock: Sendable {
  /// Monotonic; the same clock that the event loops of the connections go by.
  package var now: @Sendable () -> WireInstant
  /// Throws `CancellationError` when the task is cancelled meanwhile.
  package var pause: @Sendable (WireInterval) async throws -> Void
  /// Calls back at an instant, unless the closure that is returned was called before.
  package var alarm: @Sendable (WireInstant, @escaping @Sendable () -> Void) -> @Sendable () -> Void
  /// Milliseconds since 1970.
  package var wallMilliseconds: @Sendable () -> UInt64
  package var random: @Sendable () -> UInt64

  package init(
    now: @escaping @Sendable () -> WireInstant,
    pause: @escaping @Sendable (WireInterval) async throws -> Void,
    alarm: @escaping @Sendable (WireInstant, @escaping @Sendable () -> Void) -> @Sendable () -> Void,
    wallMilliseconds: @escaping @Sendable () -> UInt64,
    random: @escaping @Sendable () -> UInt64
  ) {
    self.now = now
    self.pause = pause
    self.alarm = alarm
    self.wallMilliseconds = wallMilliseconds
    self.random = random
  }

  package static let system = ClientClock(
    now: { WireInstant(NIODeadline.now()) },
    pause: { try await Task.sleep(for: .nanoseconds(Int64(clamping: $0.nanoseconds))) },
    alarm: { instant, action in
      let scheduled = MultiThreadedEventLoopGroup.singleton.any()
        .scheduleTask(deadline: NIODeadline(instant), action)
      return { scheduled.cancel() }
    },
    wallMilliseconds: {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return UInt64(clamping: time.tv_sec) &* 1_000 &+ UInt64(clamping: time.tv_nsec) / 1_000_000
    },
    random: { UInt64.random(in: .min ... .max) })
}

extension WireInstant {
  package init(_ deadline: NIODeadline) { self.init(nanoseconds: deadline.uptimeNanoseconds) }
}

extension NIODeadline {
  package init(_ instant: WireInstant) { self = .uptimeNanoseconds(min(instant.nanoseconds, UInt64(Int64.max))) }
}

extension WireInterval {
  /// Below zero is zero; what does not fit is the longest there is.
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    guard seconds >= 0, attoseconds >= 0 else {
      self.init(nanoseconds: 0)
      return
    }
    let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = whole.addingReportingOverflow(UInt64(attoseconds) / 1_000_000_000)
    self.init(nanoseconds: overflow || carry ? .max : sum)
  }

  /// Rounded up, so that a wait which is not over is never 0.
  var milliseconds: UInt32 { UInt32(clamping: nanoseconds / 1_000_000 + (nanoseconds % 1_000_000 == 0 ? 0 : 1)) }
}

extension Duration {
  init(_ interval: WireInterval) { self = .nanoseconds(Int64(clamping: interval.nanoseconds)) }
}
