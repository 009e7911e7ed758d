import NIOCore

/// OPEN and MSG: how calls begin and messages are put together.
extension ServerConnection {
  mutating func handleOpen(_ frame: Frame.Header) -> ServerEvent? {
    let stream = StreamID(frame.stream)
    guard stream > highestSeen else {
      fail(Violation(.streamID, "stream \(stream) is not above \(highestSeen)"))
      return nil
    }
    let headerLength: UInt16? = frame.length >= 2 ? decoder.integer(at: 0) : nil
    let messageStart = 2 &+ Int(headerLength ?? 0)
    if frame.flags.contains(.noMessage), headerLength != nil, messageStart < frame.length {
      fail(.protocol("OPEN with NO_MESSAGE has message bytes"))
      return nil
    }
    highestSeen = stream
    if drain == .final || drain == .drained { return nil }
    highestAccepted = stream

    if streams.count >= limits.maxStreams {
      tick(at: now)
      guard phase != .closed else { return nil }
      if streams.count >= limits.maxStreams {
        refuseOverrun(stream)
        return nil
      }
    }
    guard headerLength != nil, messageStart <= frame.length,
      var header = CallHeader(
        decoding: decoder.buffer, offset: Frame.headerBytes &+ 2, length: messageStart &- 2)
    else {
      refuse(stream, HeaderRules.malformed("the call header is not a CallHeader; check its length and encoding"))
      countMalformedHeader()
      return nil
    }
    if let status = HeaderRules.refusal(of: header, limits: limits) {
      refuse(stream, status)
      if status.reason == WireReason.malformedHeader { countMalformedHeader() }
      return nil
    }
    let count = frame.length &- messageStart
    if count > limits.maxMessageBytes {
      refuse(stream, messageTooLarge)
      return nil
    }
    if !header.traceparent.isEmpty, !HeaderRules.isTraceparent(header.traceparent) { header.traceparent = "" }
    return begin(stream, header, frame, from: messageStart, count: count)
  }

  private mutating func begin(
    _ stream: StreamID, _ header: CallHeader, _ frame: Frame.Header, from start: Int, count: Int
  ) -> ServerEvent? {
    let timeout = header.timeoutMilliseconds
    var state = StreamState(
      deadline: timeout == 0 ? .never : now + .milliseconds(timeout), sendCredit: peer.initialWindowBytes,
      window: ReceiveWindow(initial: limits.initialWindowBytes), flags: [])
    arm(state.deadline)
    let message = frame.flags.contains(.noMessage) ? nil : decoder.payload(from: start, count: count)
    if frame.flags.contains(.more), let message {
      guard assemblyBytes &+ count <= limits.maxAssemblyBytes else {
        out.reset(stream, .refused)
        return nil
      }
      state.window.hold(count, isFree: true)
      state.flags = .assembling
      assemblyBytes &+= count
      assemblies[stream] = MessageAssembly(
        header: header, bytes: message, progressSince: now, progressBytes: count)
      arm(now + limits.progressWindow)
      streams.insert(stream, state)
      openCount &+= 1
      return nil
    }
    state.window.deliver(count, isFree: true)
    let isLast = frame.flags.contains(.endStream)
    state.flags = isLast ? [.delivered, .halfClosed] : .delivered
    streams.insert(stream, state)
    openCount &+= 1
    return .call(stream, header, message: message, moreMessages: !isLast)
  }

  mutating func handleMessage(_ frame: Frame.Header) -> ServerEvent? {
    let stream = StreamID(frame.stream)
    guard let slot = openSlot(frame) else { return nil }
    let flags = streams[slot].flags
    if flags.contains(.halfClosed) {
      fail(.protocol("MSG on stream \(stream) after END_STREAM"))
      return nil
    }
    if frame.flags.contains(.noMessage) {
      guard !flags.contains(.assembling) else {
        fail(.protocol("NO_MESSAGE in the middle of a message on stream \(stream)"))
        return nil
      }
      streams[slot].flags.insert(.halfClosed)
      return .message(stream, nil, last: true)
    }
    guard streams[slot].window.spend(frame.length) else {
      fail(Violation(.flowControl, "MSG on stream \(stream) is beyond its credit"))
      return nil
    }
    if frame.length == 0, !countControlFrame() { return nil }
    guard let payload = decoder.payload(from: 0, count: frame.length) else { return nil }

    let before = flags.contains(.assembling) ? assemblies[stream]?.bytes.readableBytes ?? 0 : 0
    guard before &+ frame.length <= limits.maxMessageBytes else {
      endByItself(stream, slot, messageTooLarge)
      return flags.contains(.delivered) ? .cancelled(stream, .internal) : nil
    }
    if frame.flags.contains(.more) {
      hold(payload, stream, slot)
      return nil
    }
    return deliver(payload, stream, slot, isLast: frame.flags.contains(.endStream))
  }

  /// A fragment that is not the last.
  private mutating func hold(_ payload: ByteBuffer, _ stream: StreamID, _ slot: Int) {
    guard assemblyBytes &+ payload.readableBytes <= limits.maxAssemblyBytes else {
      let wasDelivered = streams[slot].flags.contains(.delivered)
      // A handler that has begun may have done something, so REFUSED would be a lie.
      out.reset(stream, wasDelivered ? .internal : .refused)
      closeStream(stream, slot)
      if wasDelivered { events.append(.cancelled(stream, .internal)) }
      return
    }
    assemblyBytes &+= payload.readableBytes
    if streams[slot].flags.contains(.assembling) {
      assemblies[stream]?.bytes.writeImmutableBuffer(payload)
      assemblies[stream]?.progressBytes &+= payload.readableBytes
    } else {
      streams[slot].flags.insert(.assembling)
      assemblies[stream] = MessageAssembly(
        header: nil, bytes: payload, progressSince: now, progressBytes: payload.readableBytes)
      arm(now + limits.progressWindow)
    }
    streams[slot].window.hold(payload.readableBytes, isFree: false)
    grantCredit(stream, slot)
  }

  /// A whole message, or the last fragment of one.
  private mutating func deliver(
    _ payload: ByteBuffer, _ stream: StreamID, _ slot: Int, isLast: Bool
  ) -> ServerEvent? {
    if isLast { streams[slot].flags.insert(.halfClosed) }
    var message = payload
    var header: CallHeader?
    if streams[slot].flags.contains(.assembling), let assembly = assemblies.removeValue(forKey: stream) {
      streams[slot].flags.remove(.assembling)
      assemblyBytes &-= assembly.bytes.readableBytes
      message = assembly.bytes
      message.writeImmutableBuffer(payload)
      header = assembly.header
    }
    streams[slot].window.deliver(message.readableBytes, isFree: false)
    guard let header else { return .message(stream, message, last: isLast) }
    if now >= streams[slot].deadline {
      endByItself(stream, slot, deadlineExceeded(isStarted: false))
      return nil
    }
    streams[slot].flags.insert(.delivered)
    return .call(stream, header, message: message, moreMessages: !isLast)
  }

  /// No slot is free. Only a client that has too many open itself is to blame: slots of cancelled calls whose
  /// handlers still run are invisible to it.
  private mutating func refuseOverrun(_ stream: StreamID) {
    out.reset(stream, .refused)
    guard countControlFrame() else { return }
    if openCount >= max(limits.maxStreams, WireLimits.standard.maxStreams),
      overruns.exceeds(1, per: limits.refusalWindow, at: now)
    {
      fail(Violation(.calm, "more than \(limits.maxStreams) open streams, again"))
    }
  }

  /// Answers a call that never got a slot.
  private mutating func refuse(_ stream: StreamID, _ status: Status) {
    out.end(stream, status, message: nil)
  }

  private mutating func countMalformedHeader() {
    malformedHeaders += 1
    if malformedHeaders >= limits.maxMalformedHeaders { fail(.protocol("too many malformed call headers")) }
  }

  private var messageTooLarge: Status {
    var status = Status(
      .resourceExhausted, reason: WireReason.messageTooLarge,
      message: "the message is over \(limits.maxMessageBytes) bytes; send less")
    status.limit = "max_message"
    return status
  }
}
