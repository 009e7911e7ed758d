/// Decides when a silent peer is asked whether it is there, and when it is given up.
struct Keepalive {
  enum Step: Equatable { case wait, ping, dead }

  private let interval: WireInterval
  private let timeout: WireInterval
  private(set) var lastRead: WireInstant
  private var pingSent: WireInstant?

  init(interval: WireInterval, timeout: WireInterval, now: WireInstant) {
    self.interval = interval
    self.timeout = timeout
    lastRead = now
  }

  /// Any bytes show that the peer is there, not only the reply.
  mutating func read(at now: WireInstant) {
    lastRead = now
    pingSent = nil
  }

  /// When `step` has something to do next.
  var due: WireInstant { pingSent.map { $0 + timeout } ?? lastRead + interval }

  mutating func step(at now: WireInstant) -> Step {
    guard now >= due else { return .wait }
    if pingSent != nil { return .dead }
    pingSent = now
    return .ping
  }
}
