import NIOCore

extension ClientConnection {
  /// Acts on a complete frame whose header is in order. The reader index is at the frame's start.
  mutating func handle(_ header: Frame.Header) -> ClientEvent? {
    switch header.kind {
    case .hello: return handleHello(header)
    case .message: return handleMessage(header)
    case .end: return handleEnd(header)
    case .reset:
      guard openSlot(header) != nil else { return nil }
      remove(StreamID(header.stream))
      return .reset(StreamID(header.stream), ResetCode(onWire: decoder.integer(at: 0)))
    case .credit: handleCredit(header)
    case .ping:
      let payload: UInt64 = decoder.integer(at: 0)
      if header.flags.contains(.ack) {
        return payload == ClientConnection.keepalivePing ? nil : .pong(payload)
      }
      out.ping(payload, ack: true)
    case .goAway: handleGoAway(header)
    case .open, nil: break
    }
    return nil
  }

  private mutating func handleHello(_ header: Frame.Header) -> ClientEvent? {
    guard decoder.integer(at: 0) == Frame.magic, let payload = decoder.payload(from: 4, count: header.length - 4),
      let hello = Hello(decoding: payload), let limits = PeerLimits(hello, from: .server)
    else {
      fail(.protocol("HELLO without `SBX1`, not decodable, or with a limit out of range"))
      return nil
    }
    // Streams that were opened before started with the default window; the server's is no smaller.
    let more = limits.initialWindowBytes - peer.initialWindowBytes
    if more > 0 {
      for slot in streams.slots where streams.stream(at: slot) != nil {
        streams[slot].sendCredit = min(streams[slot].sendCredit &+ more, WireLimits.maxWindowBytes)
      }
      for stream in backlogs.keys.sorted() { makeReady(stream) }
    }
    peer = limits
    phase = .open
    return .hello(hello)
  }

  private mutating func handleMessage(_ header: Frame.Header) -> ClientEvent? {
    guard let slot = openSlot(header) else { return nil }
    let stream = StreamID(header.stream)
    guard streams[slot].window.spend(header.length) else {
      fail(Violation(.flowControl, "MSG on stream \(stream) is beyond its credit"))
      return nil
    }
    guard let payload = decoder.payload(from: 0, count: header.length) else { return nil }
    guard let message = assemble(payload, stream, slot) else { return tooLarge(stream) }
    if header.flags.contains(.more) {
      streams[slot].flags.insert(.assembling)
      assemblies[stream] = message
      streams[slot].window.hold(header.length, isFree: false)
      grantCredit(stream, slot)
      return nil
    }
    streams[slot].window.deliver(message.readableBytes, isFree: false)
    return .message(stream, message)
  }

  private mutating func handleEnd(_ header: Frame.Header) -> ClientEvent? {
    guard let slot = openSlot(header) else { return nil }
    let stream = StreamID(header.stream)
    let statusLength: UInt16? = header.length >= 2 ? decoder.integer(at: 0) : nil
    let start = 2 &+ Int(statusLength ?? 0)
    guard statusLength != nil, start <= header.length,
      let status = Status(decoding: decoder.buffer, offset: Frame.headerBytes &+ 2, length: start &- 2)
    else {
      fail(.protocol("END on stream \(stream) has no Status"))
      return nil
    }
    if header.flags.contains(.noMessage) {
      guard start == header.length else {
        fail(.protocol("END with NO_MESSAGE has message bytes"))
        return nil
      }
      remove(stream)
      return .ended(stream, status, message: nil)
    }
    guard let payload = decoder.payload(from: start, count: header.length &- start) else { return nil }
    let message = assemble(payload, stream, slot)
    remove(stream)
    guard let message else { return .ended(stream, messageTooLarge, message: nil) }
    return .ended(stream, status, message: message)
  }

  private mutating func handleCredit(_ header: Frame.Header) {
    guard let slot = openSlot(header) else { return }
    let stream = StreamID(header.stream)
    let grant: UInt32 = decoder.integer(at: 0)
    switch CreditRule.apply(grant, to: streams[slot].sendCredit, initial: peer.initialWindowBytes) {
    case .violation: fail(Violation(.flowControl, "CREDIT of \(grant) on stream \(stream)"))
    case .credit(let credit, _):
      streams[slot].sendCredit = credit
      if streams[slot].flags.contains(.backlogged) { makeReady(stream) }
    }
  }

  private mutating func handleGoAway(_ header: Frame.Header) {
    let last = StreamID(decoder.integer(at: 0))
    let code = GoAwayCode(onWire: decoder.integer(at: 4))
    isLeaving = true
    if let text = decoder.payload(from: 12, count: header.length - 12) { goAwayReason = String(buffer: text) }
    events.append(.goAway(lastStream: last, code, retryAfterMilliseconds: decoder.integer(at: 8)))
    for stream in streams.streams(above: last) {
      remove(stream)
      events.append(.reset(stream, .refused))
    }
    if code != .noError { close(.noError, "", .peerError(code)) }
  }

  /// The message so far with one more fragment; nil if that is over the limit.
  private mutating func assemble(_ payload: ByteBuffer, _ stream: StreamID, _ slot: Int) -> ByteBuffer? {
    guard streams[slot].flags.contains(.assembling), var message = assemblies.removeValue(forKey: stream) else {
      return payload.readableBytes <= limits.maxMessageBytes ? payload : nil
    }
    streams[slot].flags.remove(.assembling)
    guard message.readableBytes &+ payload.readableBytes <= limits.maxMessageBytes else { return nil }
    message.writeImmutableBuffer(payload)
    return message
  }

  private mutating func tooLarge(_ stream: StreamID) -> ClientEvent {
    out.reset(stream, .cancel)
    remove(stream)
    return .ended(stream, messageTooLarge, message: nil)
  }

  private var messageTooLarge: Status {
    Status(
      .resourceExhausted, reason: WireReason.messageTooLarge,
      message: "the answer is over \(limits.maxMessageBytes) bytes; ask for less or raise the limit", retry: .never)
  }

  /// The slot of the stream that a frame belongs to, if it is open. Frames on closed streams were under way.
  private mutating func openSlot(_ header: Frame.Header) -> Int? {
    if header.stream >= nextStream {
      fail(.protocol("stream \(header.stream) was never opened"))
      return nil
    }
    return streams.slot(of: StreamID(header.stream))
  }
}
