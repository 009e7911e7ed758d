package import NIOCore

/// What the application sends.
extension ClientConnection {
  /// Begins a call. `message` is the request, or the first of several; nil if there is none. With `endStream`
  /// no further message follows, as in every unary call. `deadline` of the call is `header.timeoutMilliseconds`
  /// from `now`; a little after it the call ends by itself with DEADLINE_EXCEEDED.
  package mutating func open(
    _ header: CallHeader, message: ByteBuffer?, endStream: Bool, at now: WireInstant
  ) -> OpenOutcome {
    self.now = max(now, self.now)
    guard phase != .closed, !isLeaving else { return .draining }
    guard nextStream <= StreamID.last.rawValue else { return .exhausted }
    guard streams.count < peer.maxStreams else { return .tooManyStreams }
    let count = message?.readableBytes ?? 0
    guard count <= peer.maxMessageBytes else { return .messageTooLarge }
    let room = maxPayload &- 2 &- header.encodedCount
    guard room >= 0, HeaderRules.fits(header.metadata, bytes: peer.maxMetadataBytes) else { return .metadataTooLarge }

    let stream = StreamID(nextStream)
    nextStream &+= 2
    let timeout = header.timeoutMilliseconds
    let deadline = timeout == 0 ? .never : self.now + .milliseconds(timeout) + limits.clientDeadlineGrace
    let slot = streams.insert(
      stream,
      StreamState(
        deadline: deadline, sendCredit: peer.initialWindowBytes,
        window: ReceiveWindow(initial: limits.initialWindowBytes), flags: endStream ? .halfClosed : []))
    arm(deadline)
    if count <= room {
      var flags: Frame.Flags = endStream ? .endStream : []
      if message == nil { flags.insert(.noMessage) }
      out.open(stream, header, message: message, flags: flags)
    } else if var rest = message, let first = rest.readSlice(length: room) {
      out.open(stream, header, message: first, flags: .more)
      wait(stream, slot, Backlog(rest: rest, finishes: endStream))
    }
    return .opened(stream)
  }

  /// Sends a further message; with `endStream` the last.
  package mutating func send(_ message: ByteBuffer, on stream: StreamID, endStream: Bool = false) -> SendOutcome {
    guard phase != .closed, let slot = streams.slot(of: stream), !streams[slot].flags.contains(.halfClosed) else {
      return .gone
    }
    if streams[slot].flags.contains(.backlogged) { return .full }
    let count = message.readableBytes
    guard count <= peer.maxMessageBytes else { return .tooLarge }
    if endStream { streams[slot].flags.insert(.halfClosed) }
    if count <= maxPayload, count <= streams[slot].sendCredit {
      streams[slot].sendCredit &-= count
      out.message(stream, message, flags: endStream ? .endStream : [])
      return .sent
    }
    wait(stream, slot, Backlog(rest: message, finishes: endStream))
    return .queued
  }

  /// Says that no message follows. Ignored if that was said already.
  package mutating func finish(_ stream: StreamID) {
    guard phase != .closed, let slot = streams.slot(of: stream), !streams[slot].flags.contains(.halfClosed) else {
      return
    }
    streams[slot].flags.insert(.halfClosed)
    if streams[slot].flags.contains(.backlogged) {
      backlogs[stream]?.finishes = true
    } else {
      out.message(stream, ByteBuffer(), flags: [.endStream, .noMessage])
    }
  }

  /// Gives up a call, best effort. No event follows for it.
  package mutating func cancel(_ stream: StreamID) {
    guard phase != .closed, streams.slot(of: stream) != nil else { return }
    out.reset(stream, .cancel)
    remove(stream)
  }

  /// The application is done with bytes of messages it got by `message`; the server may send as many more.
  package mutating func consumed(_ bytes: Int, on stream: StreamID) {
    guard phase != .closed, let slot = streams.slot(of: stream) else { return }
    streams[slot].window.consume(bytes)
    grantCredit(stream, slot)
  }

  /// Asks whether the server is there; `pong` answers. More than 3 in 10 s, or in 60 s without a call,
  /// make the server end the connection.
  package mutating func ping(_ payload: UInt64) {
    if phase != .closed { out.ping(payload, ack: false) }
  }

  /// Opens no more calls, and says so. Close the transport when `callCount` is 0.
  package mutating func leave() {
    guard phase != .closed, !isLeaving else { return }
    isLeaving = true
    out.goAway(last: 0, .noError, retryAfterMilliseconds: 0, reason: "")
  }

  /// Ends the connection at once. `text` is told to the server.
  package mutating func close(_ code: GoAwayCode, text: String) {
    close(code, text, .ended(code))
  }

  mutating func grantCredit(_ stream: StreamID, _ slot: Int) {
    let granted = streams[slot].window.grant()
    if granted > 0 { out.credit(stream, granted) }
  }

  /// Forgets a stream that has ended.
  mutating func remove(_ stream: StreamID) {
    guard let slot = streams.slot(of: stream) else { return }
    let flags = streams[slot].flags
    if flags.contains(.assembling) { assemblies[stream] = nil }
    if flags.contains(.backlogged) { backlogs[stream] = nil }
    streams.remove(stream)
  }
}
