/// How a connection ends in order.
extension ServerConnection {
  /// Payloads of our own PINGs: "drain" and "alive", for whoever reads a capture.
  static let drainPing: UInt64 = 0x6472_6169_6e00_0000
  static let keepalivePing: UInt64 = 0x616c_6976_6500_0000

  /// Asks the client to open no more streams. Calls go on; `drained` comes when the last has ended.
  package mutating func beginDrain(at now: WireInstant, retryAfterMilliseconds: UInt32 = 0) {
    guard phase != .closed, drain == .none else { return }
    self.now = max(now, self.now)
    out.goAway(
      last: .last, .noError, retryAfterMilliseconds: retryAfterMilliseconds, reason: "the server is going away")
    // When the answer is here, so is every OPEN that was under way when the client read the GOAWAY.
    out.ping(ServerConnection.drainPing, ack: false)
    drain = .awaitingAck(until: self.now + limits.drainPingTimeout)
    arm(self.now + limits.drainPingTimeout)
  }

  /// The time of grace is over: ends every call with UNAVAILABLE/DRAINING, then the connection.
  package mutating func finishDrain(at now: WireInstant) {
    guard phase != .closed else { return }
    self.now = max(now, self.now)
    for stream in streams.streams() {
      guard let slot = streams.slot(of: stream), !streams[slot].flags.contains(.closed) else { continue }
      let isStarted = streams[slot].flags.contains(.delivered)
      endByItself(
        stream, slot,
        Status(
          .unavailable, reason: WireReason.draining, message: "the server is going away; call again",
          retry: isStarted ? .sameKey : .notExecuted))
    }
    close(.noError, "the server is going away", .ended(.noError))
  }

  /// Ends the connection at once, as when an identity is revoked. `text` is told to the peer, and so is when it may
  /// come back, if that is not 0.
  package mutating func close(_ code: GoAwayCode, text: String, retryAfterMilliseconds: UInt32 = 0) {
    close(code, text, .ended(code), retryAfterMilliseconds: retryAfterMilliseconds)
  }

  mutating func finalGoAway() {
    drain = .final
    out.goAway(last: highestAccepted, .noError, retryAfterMilliseconds: 0, reason: "")
    if streams.count == 0 { becomeDrained() }
  }

  mutating func becomeDrained() {
    drain = .drained
    events.append(.drained)
  }
}
