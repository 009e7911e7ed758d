package import NIOCore

/// What the application sends.
extension ServerConnection {
  /// Sends a message of a streaming answer.
  package mutating func send(_ message: ByteBuffer, on stream: StreamID) -> SendOutcome {
    guard phase == .open, let slot = streams.slot(of: stream), !streams[slot].flags.contains(.closed) else {
      return .gone
    }
    if streams[slot].flags.contains(.backlogged) { return backlogs[stream]?.end == nil ? .full : .gone }
    let count = message.readableBytes
    guard count <= peer.maxMessageBytes else { return .tooLarge }
    if count <= maxPayload, count <= streams[slot].sendCredit {
      streams[slot].sendCredit &-= count
      out.message(stream, message, flags: [])
      return .sent
    }
    wait(stream, slot, Backlog(rest: message))
    return .queued
  }

  /// Ends a call. What `send` queued goes first, unless it is discarded: then `status.cursor` must be that of the
  /// last message for which `send` returned `sent`, or `writable` followed. An answer over the client's `max_message`
  /// becomes MESSAGE_TOO_LARGE. A status over 4,080 bytes loses its violations, then most of its message. Ignored if
  /// the call has ended.
  package mutating func end(
    _ stream: StreamID, status: Status, message: ByteBuffer?, discardingQueued: Bool = false
  ) {
    guard phase == .open, let slot = streams.slot(of: stream), !streams[slot].flags.contains(.closed) else {
      return
    }
    let statusCount = status.encodedCount
    let count = message?.readableBytes ?? 0
    guard !streams[slot].flags.contains(.backlogged) || discardingQueued,
      statusCount <= WireLimits.maxStatusBytes, count <= peer.maxMessageBytes,
      2 &+ statusCount &+ count <= maxPayload
    else { return endInParts(stream, slot, status, message, discardingQueued) }
    out.end(stream, status, message: message)
    closeStream(stream, slot)
  }

  /// An end that has to wait, or is too large for its frame or for the client.
  private mutating func endInParts(
    _ stream: StreamID, _ slot: Int, _ status: Status, _ message: ByteBuffer?, _ discardingQueued: Bool
  ) {
    var status = status
    var message = message
    if let count = message?.readableBytes, count > peer.maxMessageBytes {
      status = Status(
        .resourceExhausted, reason: WireReason.messageTooLarge,
        message: "the answer is over the \(peer.maxMessageBytes) bytes that the client accepts; ask for less")
      message = nil
    }
    status.fit()
    if streams[slot].flags.contains(.backlogged), !discardingQueued {
      if backlogs[stream]?.end == nil { backlogs[stream]?.end = (status, message) }
      return
    }
    if (message?.readableBytes ?? 0) &+ 2 &+ status.encodedCount <= maxPayload {
      out.end(stream, status, message: message)
      closeStream(stream, slot)
    } else {
      var backlog = Backlog()
      backlog.end = (status, message)
      wait(stream, slot, backlog)
    }
  }

  /// The handler of a call has returned; its slot is free once the answer is out. A call that has no end by
  /// then gets RESET(INTERNAL).
  package mutating func handlerReturned(_ stream: StreamID) {
    guard let slot = streams.slot(of: stream) else { return }
    if !streams[slot].flags.contains(.closed), backlogs[stream]?.end == nil {
      if phase == .open { out.reset(stream, .internal) }
      closeStream(stream, slot)
    }
    if streams[slot].flags.contains(.closed) {
      remove(stream)
    } else {
      streams[slot].flags.insert(.returned)
    }
  }

  /// Ends a call for which no handler was started: `end` and `handlerReturned` in one.
  package mutating func reject(_ stream: StreamID, status: Status) {
    end(stream, status: status, message: nil, discardingQueued: true)
    handlerReturned(stream)
  }

  /// Sends RESET(REFUSED) for a call for which no handler was started: it was not executed and may be repeated.
  package mutating func refuse(_ stream: StreamID) {
    guard phase == .open, let slot = streams.slot(of: stream), !streams[slot].flags.contains(.closed) else {
      return
    }
    out.reset(stream, .refused)
    closeStream(stream, slot)
    handlerReturned(stream)
  }

  /// Refuses all calls whose first message is not complete, to give back memory. Returns the bytes.
  @discardableResult
  package mutating func shedIncomplete() -> Int {
    let before = assemblyBytes
    for stream in assemblies.keys.sorted() where phase == .open {
      guard let slot = streams.slot(of: stream), !streams[slot].flags.contains(.delivered) else { continue }
      out.reset(stream, .refused)
      closeStream(stream, slot)
    }
    return before - assemblyBytes
  }

  /// The application is done with bytes of messages it got by `call` or `message`; the client may send as many
  /// more. Not needed when nothing more can come.
  package mutating func consumed(_ bytes: Int, on stream: StreamID) {
    guard phase == .open, let slot = streams.slot(of: stream) else { return }
    streams[slot].window.consume(bytes)
    grantCredit(stream, slot)
  }

  mutating func grantCredit(_ stream: StreamID, _ slot: Int) {
    guard streams[slot].flags.isDisjoint(with: [.closed, .halfClosed]) else { return }
    let wasStarved = streams[slot].window.credit == 0
    let granted = streams[slot].window.grant()
    guard granted > 0 else { return }
    out.credit(stream, granted)
    if wasStarved, streams[slot].flags.contains(.assembling) {
      assemblies[stream]?.progressSince = now
      assemblies[stream]?.progressBytes = 0
    }
  }

  /// Ends a call that the application did not end.
  mutating func endByItself(_ stream: StreamID, _ slot: Int, _ status: Status) {
    out.end(stream, status, message: nil)
    closeStream(stream, slot)
  }

  /// After END or RESET in either direction. Keeps the slot while a handler runs.
  mutating func closeStream(_ stream: StreamID, _ slot: Int) {
    let flags = streams[slot].flags
    if flags.contains(.assembling), let assembly = assemblies.removeValue(forKey: stream) {
      assemblyBytes &-= assembly.bytes.readableBytes
    }
    if flags.contains(.backlogged) { backlogs[stream] = nil }
    openCount &-= 1
    if flags.contains(.delivered), !flags.contains(.returned) {
      streams[slot].flags = [.delivered, .closed]
      streams[slot].deadline = .never
    } else {
      remove(stream)
    }
  }

  private mutating func remove(_ stream: StreamID) {
    streams.remove(stream)
    if streams.count == 0, drain == .final { becomeDrained() }
  }
}
