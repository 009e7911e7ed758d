package import NIOCore

// From the inside to the socket. See the head of TLSHandler.swift.
extension TLSHandler {
  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard phase == .open else {
      promise?.fail(
        phase == .closing || phase == .closed
          ? ChannelError.ioOnClosedChannel : TLSError(.notOpen, "the handshake is not complete"))
      return
    }
    let bytes = unwrapOutboundIn(data)
    gatheredBytes += bytes.readableBytes
    gathered.append(bytes)
    if let promise {
      // One write to the socket answers for all that are gathered.
      if let gatheredPromise {
        gatheredPromise.futureResult.cascade(to: promise)
      } else {
        gatheredPromise = promise
      }
    }
    if gatheredBytes >= Self.gatherLimit || gathered.count >= Self.gatherCountLimit {
      writeGathered(context, flush: false)
    }
  }

  package func flush(context: ChannelHandlerContext) {
    flushPending = true
    if !inTurn { flushAtEndOfTurn(context) }
  }

  func flushAtEndOfTurn(_ context: ChannelHandlerContext) {
    guard flushPending, phase == .open || phase == .handshaking else { return }
    flushPending = false
    if gathered.isEmpty {
      context.flush()
    } else {
      writeGathered(context, flush: true)
    }
  }

  /// Sends bytes of TLS's own, together with whatever else is flushed in this turn.
  func send(_ context: ChannelHandlerContext, _ output: ByteBuffer) {
    guard output.readableBytes > 0 else { return }
    context.write(wrapOutboundOut(output), promise: nil)
    flushPending = true
  }

  private func writeGathered(_ context: ChannelHandlerContext, flush: Bool) {
    let promise = takeGatheredPromise()
    var output = ByteBuffer()
    let outcome = engine.encrypt(&gathered, into: &output)
    dropGathered()
    switch outcome {
    case .encrypted where flush:
      context.writeAndFlush(wrapOutboundOut(output), promise: promise)
    case .encrypted:
      context.write(wrapOutboundOut(output), promise: promise)
    case .failed(let error):
      promise?.fail(error)
      fail(context, error, lastBytes: output)
    }
  }

  func takeGatheredPromise() -> EventLoopPromise<Void>? {
    let promise = gatheredPromise
    gatheredPromise = nil
    return promise
  }

  /// Forgets what was gathered, and gives memory back that only a burst needed.
  func dropGathered() {
    if gathered.capacity > 64 {
      gathered = CircularBuffer()
    } else if !gathered.isEmpty {
      gathered.removeAll(keepingCapacity: true)
    }
    gatheredBytes = 0
  }
}
