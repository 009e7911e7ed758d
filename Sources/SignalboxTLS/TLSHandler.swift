package import NIOCore

// How bytes flow
//
//   socket ──▶ channelRead ──▶ engine.decrypt ──▶ one ByteBuffer ──▶ the inside
//                   └▶ unread (only while the turn's records are spent, or the inside does not ask)
//   socket ◀── one write and flush ◀── engine.encrypt ◀── gathered ◀── write … write, flush
//
// Inbound. What a read brings is decrypted where it lies, up to `TLSScratch.recordsPerTurn` records a
// turn, into one buffer, and given on. If records are left they wait in `unread`, the handler asks the
// socket for nothing, and it goes on in another turn of the event loop, once the inside has asked by
// `read()`. So what waits is never more than one turn of the channel brought, and a peer that fills the
// pipe cannot keep the loop from its other connections.
//
// Outbound. Writes gather until a flush, and a flush inside a read turn waits for that turn's end. Then
// everything becomes one buffer of as few records as possible, written and flushed once. Writes without
// a flush are encrypted early at `gatherLimit`, so that the channel's own watermarks see them.
//
// The inside sees none of this. `channelActive` comes after the handshake, behind the event that says
// who the peer is; `channelInactive` only if `channelActive` came. What goes wrong is an `errorCaught`
// with a `TLSError`, and then the channel closes.
//
// The end. close() sends what was flushed and close_notify, then closes once they are written, or after
// `closeTimeout`. After a fatal error the alert takes the place of both.

/// TLS on a channel. Add it first, before the channel is active; it cannot be removed.
///
/// A write before the inside's `channelActive` fails. On a client that is later than the future of
/// `connect`, which only means TCP.
package final class TLSHandler: ChannelDuplexHandler {
  package typealias InboundIn = ByteBuffer
  package typealias InboundOut = ByteBuffer
  package typealias OutboundIn = ByteBuffer
  package typealias OutboundOut = ByteBuffer

  /// Bytes that wait for a flush before they are encrypted without one.
  package static let gatherLimit = 64 * 1024
  /// Writes that wait for a flush before they are encrypted without one.
  package static let gatherCountLimit = 1024
  /// Ciphertext that waits to be decrypted. What one turn of the channel reads stays far below. But when
  /// the peer has closed, NIO reads all that the kernel holds, by default at most 6 MiB on Linux.
  package static let unreadLimit = 8 * 1024 * 1024

  enum Phase {
    /// Until the channel is active.
    case idle
    /// Until the handshake is complete, fails, or takes too long.
    case handshaking
    /// Until either side closes, or something fails.
    case open
    /// Last bytes are on their way; until they are written, or `closeTimeout` has passed.
    case closing
    case closed
  }

  let handshakeTimeout: TimeAmount
  let closeTimeout: TimeAmount
  var engine: TLSEngine
  var phase = Phase.idle

  // Inbound.
  var unread: ByteBuffer?
  var budget = TLSScratch.recordsPerTurn
  /// The inside asked for bytes, and has not had any since.
  var demand = false
  /// The inside was given bytes in this turn.
  var delivered = false
  /// Between the first bytes of a turn and its end.
  var inTurn = false
  var turnScheduled = false

  // Outbound.
  var gathered = CircularBuffer<ByteBuffer>()
  var gatheredBytes = 0
  var gatheredPromise: EventLoopPromise<Void>?
  /// Something waits for the end of the turn to be flushed.
  var flushPending = false

  // Lifecycle.
  private var activated = false
  /// The end of the handshake's time, later the end of closing's.
  private var timer: Scheduled<Void>?
  private var closePromise: EventLoopPromise<Void>?

  /// `scratch` is the one of the channel's event loop. A client names whom it expects in `serverName`.
  package init(
    context: TLSContext, scratch: TLSScratch, serverName: String? = nil,
    handshakeTimeout: TimeAmount = .seconds(5), closeTimeout: TimeAmount = .seconds(5)
  ) throws(TLSError) {
    self.engine = try TLSEngine(context: context, scratch: scratch, serverName: serverName)
    self.handshakeTimeout = handshakeTimeout
    self.closeTimeout = closeTimeout
  }

  // MARK: Beginning

  package func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { start(context) }
  }

  package func channelActive(context: ChannelHandlerContext) {
    start(context)
  }

  private func start(_ context: ChannelHandlerContext) {
    guard phase == .idle else { return }
    phase = .handshaking
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: handshakeTimeout) {
      self.handshakeExpired(context)
    }
    // A client speaks first. A server finds nothing to do here.
    var nothing = ByteBuffer()
    advanceHandshake(context, &nothing)
    flushAtEndOfTurn(context)
    context.read()
  }

  func advanceHandshake(_ context: ChannelHandlerContext, _ ciphertext: inout ByteBuffer) {
    var output = ByteBuffer()
    switch engine.handshake(&ciphertext, output: &output) {
    case .needsInput:
      send(context, output)
    case .complete:
      send(context, output)
      phase = .open
      timer?.cancel()
      timer = nil
      activated = true
      context.fireUserInboundEventTriggered(
        TLSEvent.handshakeCompleted(alpn: engine.applicationProtocol, peer: engine.peer))
      context.fireChannelActive()
    case .failed(let error):
      fail(context, error, lastBytes: output)
    }
  }

  private func handshakeExpired(_ context: ChannelHandlerContext) {
    guard phase == .handshaking else { return }
    fail(
      context, TLSError(.deadline, "the handshake took longer than \(handshakeTimeout.nanoseconds / 1_000_000) ms"),
      lastBytes: ByteBuffer())
  }

  // MARK: Events

  package func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard let revalidation = event as? TLSRevalidation else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    if phase == .open, let reason = engine.reasonToDistrustPeer(under: revalidation.context) {
      context.fireUserInboundEventTriggered(TLSEvent.peerNoLongerTrusted(reason: reason))
    }
    promise?.succeed(())
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed {
      // Half a connection is no connection here: nothing was said about more to come.
      if let error = inputEnded(context) { fail(context, error, lastBytes: ByteBuffer()) }
      return
    }
    context.fireUserInboundEventTriggered(event)
  }

  // MARK: Ending

  package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard mode == .all, phase != .closed else {
      context.close(mode: mode, promise: promise)
      return
    }
    addClosePromise(promise)
    switch phase {
    case .open: sayGoodbye(context)
    case .closing, .closed: break
    case .idle, .handshaking: closeNow(context)
    }
  }

  /// Sends what was flushed and close_notify, and closes.
  func sayGoodbye(_ context: ChannelHandlerContext) {
    var output = ByteBuffer()
    let promise = takeGatheredPromise()
    if flushPending {
      // It cannot fail without the connection failing, and then there is nothing to add.
      _ = engine.encrypt(&gathered, into: &output)
    } else {
      promise?.fail(ChannelError.ioOnClosedChannel)
    }
    engine.close(output: &output)
    phase = .closing
    finish(context, lastBytes: output, promise: flushPending ? promise : nil)
  }

  /// Ends the connection because of `error`, after sending `lastBytes`, which may hold an alert.
  func fail(_ context: ChannelHandlerContext, _ error: TLSError, lastBytes: ByteBuffer) {
    guard phase != .closing, phase != .closed else { return }
    phase = .closing
    takeGatheredPromise()?.fail(error)
    context.fireErrorCaught(error)
    finish(context, lastBytes: lastBytes, promise: nil)
  }

  private func finish(
    _ context: ChannelHandlerContext, lastBytes: ByteBuffer, promise: EventLoopPromise<Void>?
  ) {
    timer?.cancel()
    unread = nil
    dropGathered()
    guard lastBytes.readableBytes > 0 || flushPending else {
      closeNow(context)
      return
    }
    flushPending = false
    let written = promise ?? context.eventLoop.makePromise(of: Void.self)
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: closeTimeout) { self.closeNow(context) }
    written.futureResult.assumeIsolated().whenComplete { _ in self.closeNow(context) }
    context.writeAndFlush(wrapOutboundOut(lastBytes), promise: written)
  }

  private func closeNow(_ context: ChannelHandlerContext) {
    guard phase != .closed else { return }
    phase = .closed
    timer?.cancel()
    let promise = closePromise
    closePromise = nil
    context.close(mode: .all, promise: promise)
  }

  private func addClosePromise(_ promise: EventLoopPromise<Void>?) {
    guard let promise else { return }
    if let closePromise {
      closePromise.futureResult.cascade(to: promise)
    } else {
      closePromise = promise
    }
  }

  package func channelInactive(context: ChannelHandlerContext) {
    let error = inputEnded(context)
    release()
    if let error { context.fireErrorCaught(error) }
    if activated { context.fireChannelInactive() }
  }

  package func handlerRemoved(context: ChannelHandlerContext) {
    release()
  }

  /// The channel is gone, whatever we still meant to do.
  private func release() {
    phase = .closed
    timer?.cancel()
    timer = nil
    unread = nil
    takeGatheredPromise()?.fail(ChannelError.ioOnClosedChannel)
    dropGathered()
    closePromise?.succeed(())
    closePromise = nil
  }
}
