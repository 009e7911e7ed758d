/// What time does to a connection.
extension ClientConnection {
  static let keepalivePing: UInt64 = 0x616c_6976_6500_0000

  /// Does what is due: deadlines and keepalive. Call at `nextTimer` or later, then go on with `nextEvent` and
  /// `takeOutbound`. Calling early does no harm.
  package mutating func tick(at now: WireInstant) {
    guard phase != .closed else { return }
    self.now = max(now, self.now)
    timer = .never
    if phase == .awaitingHello {
      guard self.now < helloDeadline else { return fail(Violation(.timeout, "no HELLO in time")) }
      arm(helloDeadline)
    }
    // Bytes that wait to be parsed show that the peer is there.
    if !hasUnseenBytes {
      switch keepalive.step(at: self.now) {
      case .wait: break
      case .ping: out.ping(ClientConnection.keepalivePing, ack: false)
      case .dead: return close(.timeout, "no answer to PING", .peerSilent)
      }
    }
    arm(max(keepalive.due, WireInstant(nanoseconds: self.now.nanoseconds &+ 1)))
    for slot in streams.slots {
      guard let stream = streams.stream(at: slot) else { continue }
      let deadline = streams[slot].deadline
      guard self.now >= deadline else {
        arm(deadline)
        continue
      }
      // Nothing is sent: the server knows the deadline too.
      remove(stream)
      events.append(.ended(stream, deadlineExceeded, message: nil))
    }
  }

  private var deadlineExceeded: Status {
    Status(
      .deadlineExceeded, reason: WireReason.deadlineExceeded, message: "no answer came in time", retry: .sameKey)
  }
}
