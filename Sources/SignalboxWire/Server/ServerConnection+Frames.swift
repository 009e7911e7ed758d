import NIOCore

extension ServerConnection {
  /// Acts on a complete frame whose header is in order. The reader index is at the frame's start.
  mutating func handle(_ header: Frame.Header) -> ServerEvent? {
    switch header.kind {
    case .hello: return handleHello(header)
    case .open: return handleOpen(header)
    case .message: return handleMessage(header)
    case .reset: return handleReset(header)
    case .credit: handleCredit(header)
    case .ping: handlePing(header)
    case .goAway: return handleGoAway()
    case .end, nil: _ = countControlFrame()
    }
    return nil
  }

  private mutating func handleHello(_ header: Frame.Header) -> ServerEvent? {
    guard decoder.integer(at: 0) == Frame.magic, let payload = decoder.payload(from: 4, count: header.length - 4),
      let hello = Hello(decoding: payload), let limits = PeerLimits(hello, from: .client)
    else {
      fail(.protocol("HELLO without `SBX1`, not decodable, or with a limit out of range"))
      return nil
    }
    peer = limits
    phase = .open
    return .hello(hello)
  }

  private mutating func handleCredit(_ header: Frame.Header) {
    guard let slot = openSlot(header) else { return }
    let stream = StreamID(header.stream)
    let grant: UInt32 = decoder.integer(at: 0)
    switch CreditRule.apply(grant, to: streams[slot].sendCredit, initial: peer.initialWindowBytes) {
    case .violation: fail(Violation(.flowControl, "CREDIT of \(grant) on stream \(stream)"))
    case .credit(let credit, let isNoise):
      if isNoise, !countControlFrame() { return }
      streams[slot].sendCredit = credit
      if streams[slot].flags.contains(.backlogged) { makeReady(stream) }
    }
  }

  private mutating func handlePing(_ header: Frame.Header) {
    let payload: UInt64 = decoder.integer(at: 0)
    if header.flags.contains(.ack) {
      guard countControlFrame() else { return }
      if case .awaitingAck = drain, payload == ServerConnection.drainPing { finalGoAway() }
      return
    }
    let tooMany =
      openCount > 0
      ? busyPings.exceeds(limits.maxPings, per: limits.busyPingWindow, at: now)
      : idlePings.exceeds(limits.maxPings, per: limits.idlePingWindow, at: now)
    if tooMany {
      fail(Violation(.calm, "too many PINGs"))
    } else if countControlFrame() {
      out.ping(payload, ack: true)
    }
  }

  private mutating func handleGoAway() -> ServerEvent? {
    let code = GoAwayCode(onWire: decoder.integer(at: 4))
    guard countControlFrame() else { return nil }
    guard code == .noError else {
      close(.noError, "", .peerError(code))
      return nil
    }
    return .clientLeaving(code)
  }

  private mutating func handleReset(_ header: Frame.Header) -> ServerEvent? {
    guard let slot = openSlot(header) else { return nil }
    if resets.exceeds(limits.maxResets, per: limits.abuseWindow, at: now) {
      fail(Violation(.calm, "too many RESETs"))
      return nil
    }
    let stream = StreamID(header.stream)
    let wasDelivered = streams[slot].flags.contains(.delivered)
    closeStream(stream, slot)
    return wasDelivered ? .cancelled(stream, ResetCode(onWire: decoder.integer(at: 0))) : nil
  }

  /// The slot of the stream that a frame belongs to, if the stream is open. A frame on a closed stream is
  /// counted; one on a stream that never was ends the connection.
  mutating func openSlot(_ header: Frame.Header) -> Int? {
    let stream = StreamID(header.stream)
    guard stream <= highestSeen else {
      fail(.protocol("stream \(stream) was never opened"))
      return nil
    }
    if let slot = streams.slot(of: stream), !streams[slot].flags.contains(.closed) { return slot }
    if lateFrames.exceeds(limits.maxLateFrames, per: limits.abuseWindow, at: now) {
      fail(Violation(.calm, "too many frames on closed streams"))
    }
    return nil
  }

  /// False if it was one too many, and the connection has ended.
  mutating func countControlFrame() -> Bool {
    guard controlFrames.exceeds(limits.maxControlFrames, per: limits.abuseWindow, at: now) else { return true }
    fail(Violation(.calm, "too many control frames"))
    return false
  }
}
