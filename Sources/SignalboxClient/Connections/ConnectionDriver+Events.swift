import NIOCore
import SignalboxWire

/// From the machine to tasks.
extension ConnectionDriver {
  func act(on event: ClientEvent) {
    switch event {
    case .hello:
      sawHello = true
      let capacity = (machine?.callCount ?? 0) + (machine?.freeStreams ?? 0)
      pool.sawHello(handle, capacity: capacity)
    case .message(let stream, let message): deliver(message, stream)
    case .ended(let stream, let status, let message): finish(stream, status, message)
    case .reset(let stream, .refused) where ending?.isFatal == true:
      // The GOAWAY before it says why, and that calling again is of no use.
      if let ending { calls.removeValue(forKey: stream)?.call.end(.refused(ending)) }
    case .reset(let stream, .refused) where ending?.isTurningAway == true:
      if let ending { calls.removeValue(forKey: stream)?.call.end(.turnedAway(ending)) }
    case .reset(let stream, let code): calls.removeValue(forKey: stream)?.call.end(.reset(code))
    case .writable, .pong: break  // Requests are one message each, and this client sends no PING of its own.
    case .goAway(_, let code, let retryAfter): leave(code, retryAfterMilliseconds: retryAfter)
    case .close(let reason):
      if ending == nil { ending = ConnectionEnding(reason, address) }
    }
  }

  private func deliver(_ message: ByteBuffer, _ stream: StreamID) {
    guard let active = calls[stream] else { return }
    switch active.call.receiver {
    case .single where active.answer == nil:
      calls[stream]?.answer = message
    case .stream(let mailbox) where message.readableBytes > 0:
      if mailbox.deliver(message) { machine?.consumed(message.readableBytes, on: stream) }
    case .single, .stream:
      // A second answer, or one without a cursor, which would take memory but no credit.
      machine?.cancel(stream)
      calls[stream] = nil
      active.call.end(
        .ended(
          Status(
            .internal, reason: WireReason.protocolViolation,
            message: "the server answered what the method does not allow; its version may differ")))
    }
  }

  private func finish(_ stream: StreamID, _ status: Status, _ message: ByteBuffer?) {
    guard let active = calls.removeValue(forKey: stream) else { return }
    guard status.code == .ok else { return active.call.end(.ended(status)) }
    if case .stream(let mailbox) = active.call.receiver {
      if let message, message.readableBytes > 0 { _ = mailbox.deliver(message) }
      // Its cursor counts even when all is well.
      return active.call.end(.ended(status))
    }
    active.call.end(.answered(message ?? active.answer))
  }

  private func leave(_ code: GoAwayCode, retryAfterMilliseconds: UInt32) {
    isLeaving = true
    var reason =
      code == .noError ? .lost(address, "the server is going away") : ConnectionEnding(.peerError(code), address)
    reason.isOrderly = code == .noError
    reason.retryAfter = min(.milliseconds(retryAfterMilliseconds), ClientLimits.retryAfterCeiling)
    if code == .calm, let why = machine?.goAwayReason, !why.isEmpty {
      // A limit was met; the server says which.
      reason.isTurningAway = true
      reason.error = ClientError(code: .unavailable, message: why)
      if retryAfterMilliseconds > 0 { reason.error.retryAfter = .milliseconds(Int64(retryAfterMilliseconds)) }
    }
    if code != .noError, ending == nil { ending = reason }
    noMoreCalls(reason)
  }

  /// Says goodbye, and closes when that is written.
  func closeNow() {
    guard machine != nil else {
      // Still in its handshake.
      closeChannel()
      return
    }
    machine?.close(.noError, text: "")
  }
}
