import NIOCore

/// Output that waits: fragments in turn, one per stream, as far as credit goes.
extension ServerConnection {
  var maxPayload: Int { peer.maxPayload(own: limits) }

  mutating func wait(_ stream: StreamID, _ slot: Int, _ backlog: Backlog) {
    backlogs[stream] = backlog
    streams[slot].flags.insert(.backlogged)
    makeReady(stream)
  }

  mutating func makeReady(_ stream: StreamID) {
    guard let isReady = backlogs[stream]?.isReady, !isReady else { return }
    backlogs[stream]?.isReady = true
    backlogs[stream]?.stalledSince = .never
    ready.append(stream)
  }

  /// Moves fragments into the output until about `outboundChunkBytes` are there or nothing can go.
  mutating func pump() {
    guard phase == .open else { return }
    while out.readableBytes < limits.outboundChunkBytes, let stream = ready.popFirst() {
      // A stream may have ended while it waited for its turn.
      guard let slot = streams.slot(of: stream), var backlog = backlogs.removeValue(forKey: stream) else { continue }
      backlog.isReady = false
      if backlog.rest != nil {
        sendRest(stream, slot, &backlog)
      } else {
        sendEnd(stream, slot, backlog)
      }
    }
  }

  /// One fragment of a streamed message.
  private mutating func sendRest(_ stream: StreamID, _ slot: Int, _ backlog: inout Backlog) {
    guard var rest = backlog.rest else { return }
    let count = min(rest.readableBytes, maxPayload, streams[slot].sendCredit)
    guard count > 0 || rest.readableBytes == 0, let fragment = rest.readSlice(length: count) else {
      stall(stream, backlog)
      return
    }
    streams[slot].sendCredit &-= count
    let isLast = rest.readableBytes == 0
    out.message(stream, fragment, flags: isLast ? [] : .more)
    backlog.rest = isLast ? nil : rest
    if isLast, backlog.end == nil {
      streams[slot].flags.remove(.backlogged)
      events.append(.writable(stream))
    } else {
      backlogs[stream] = backlog
      makeReady(stream)
    }
  }

  /// The end, or a fragment of its message if that does not fit.
  private mutating func sendEnd(_ stream: StreamID, _ slot: Int, _ backlog: Backlog) {
    guard let end = backlog.end else { return }
    let room = maxPayload &- 2 &- end.status.encodedCount
    guard var message = end.message, message.readableBytes > room else {
      out.end(stream, end.status, message: end.message)
      closeStream(stream, slot)
      return
    }
    var backlog = backlog
    let count = min(message.readableBytes, maxPayload, streams[slot].sendCredit)
    guard count > 0, let fragment = message.readSlice(length: count) else {
      stall(stream, backlog)
      return
    }
    streams[slot].sendCredit &-= count
    out.message(stream, fragment, flags: .more)
    backlog.end = (end.status, message)
    backlogs[stream] = backlog
    makeReady(stream)
  }

  private mutating func stall(_ stream: StreamID, _ backlog: Backlog) {
    var backlog = backlog
    backlog.stalledSince = now
    backlogs[stream] = backlog
    arm(now + limits.stallTimeout)
  }
}

extension Status {
  /// Cuts what is least missed until the status fits its limit.
  mutating func fit() {
    guard encodedCount > WireLimits.maxStatusBytes else { return }
    violations = []
    if encodedCount > WireLimits.maxStatusBytes { message = message.cut(toUTF8: 1_024) }
    if encodedCount > WireLimits.maxStatusBytes {
      limit = limit.cut(toUTF8: 256)
      reason = reason.cut(toUTF8: 256)
    }
    // A cursor that is cut is none.
    if encodedCount > WireLimits.maxStatusBytes { cursor = "" }
  }
}
