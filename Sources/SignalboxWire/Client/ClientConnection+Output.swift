import NIOCore

/// Output that waits: fragments in turn, one per stream, as far as credit goes.
extension ClientConnection {
  var maxPayload: Int { peer.maxPayload(own: limits) }

  mutating func wait(_ stream: StreamID, _ slot: Int, _ backlog: Backlog) {
    backlogs[stream] = backlog
    streams[slot].flags.insert(.backlogged)
    makeReady(stream)
  }

  mutating func makeReady(_ stream: StreamID) {
    guard let isReady = backlogs[stream]?.isReady, !isReady else { return }
    backlogs[stream]?.isReady = true
    ready.append(stream)
  }

  /// Moves fragments into the output until about `outboundChunkBytes` are there or nothing can go.
  mutating func pump() {
    guard phase != .closed else { return }
    while out.readableBytes < limits.outboundChunkBytes, let stream = ready.popFirst() {
      // A stream may have ended while it waited for its turn.
      guard let slot = streams.slot(of: stream), var backlog = backlogs.removeValue(forKey: stream),
        var rest = backlog.rest
      else { continue }
      backlog.isReady = false
      let count = min(rest.readableBytes, maxPayload, streams[slot].sendCredit)
      guard count > 0 || rest.readableBytes == 0, let fragment = rest.readSlice(length: count) else {
        // No credit: CREDIT makes it ready again.
        backlogs[stream] = backlog
        continue
      }
      streams[slot].sendCredit &-= count
      guard rest.readableBytes == 0 else {
        out.message(stream, fragment, flags: .more)
        backlog.rest = rest
        backlogs[stream] = backlog
        makeReady(stream)
        continue
      }
      out.message(stream, fragment, flags: backlog.finishes ? .endStream : [])
      streams[slot].flags.remove(.backlogged)
      if !backlog.finishes { events.append(.writable(stream)) }
    }
  }
}
