import NIOCore
import SignalboxTLS
import SignalboxWire

/// One connection on its event loop: gives the machine bytes, time and orders, and does what it says.
///
/// Each entry (bytes, a timer, orders) is one turn: the machine takes one synchronous step, its events are acted upon,
/// and whatever it has to say is written and flushed once.
final class ConnectionDriver: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  struct ActiveCall {
    let call: PendingCall
    /// A message that came ahead of END.
    var answer: ByteBuffer?
  }

  let handle: ConnectionHandle
  let pool: ConnectionPool
  private let hello: Hello
  let address: String
  /// There is no TLS below, whose end the machine would have to wait for.
  private let startsWhenAdded: Bool

  private var context: ChannelHandlerContext?
  /// From the moment the channel can carry frames.
  var machine: ClientConnection?
  var calls: [StreamID: ActiveCall] = [:]
  /// Orders came to leave, or the server said so.
  var isLeaving = false
  var sawHello = false
  /// The first reason for which the connection ends.
  var ending: ConnectionEnding?

  private var isInTurn = false
  private var hasEnded = false
  private var timer: Scheduled<Void>?
  private var timerDue = WireInstant.never

  init(handle: ConnectionHandle, pool: ConnectionPool, hello: Hello, address: String, startsWhenAdded: Bool) {
    self.handle = handle
    self.pool = pool
    self.hello = hello
    self.address = address
    self.startsWhenAdded = startsWhenAdded
  }

  // MARK: Channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    guard handle.attach(self) else {
      context.close(promise: nil)
      return
    }
    if startsWhenAdded { start(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    start(context)
    context.fireChannelActive()
  }

  private func start(_ context: ChannelHandlerContext) {
    guard machine == nil, ending == nil else { return }
    machine = ClientConnection(hello: hello, now: WireInstant(context.eventLoop.now))
    pool.started(handle)
    handle.started.fulfil(nil)
    takeOrders()
    turn()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted(let alpn, _)? = event as? TLSEvent, alpn != Transport.applicationProtocol {
      end(TLSError(.applicationProtocol, "the server did not choose the protocol"), context)
      return
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    machine?.receive(unwrapInboundIn(data))
  }

  func channelReadComplete(context: ChannelHandlerContext) { turn() }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { turn() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { end(error, context) }

  func channelInactive(context: ChannelHandlerContext) { finish() }

  func handlerRemoved(context: ChannelHandlerContext) { finish() }

  private func end(_ error: any Error, _ context: ChannelHandlerContext) {
    if ending == nil { ending = ConnectionEnding(error, address) }
    context.close(promise: nil)
  }

  // MARK: Turns

  /// Does what tasks have asked for. The handle calls it on the loop.
  func takeOrders() {
    for order in handle.takeOrders() { act(on: order) }
    turn()
  }

  private func turn() {
    guard !isInTurn, let context, machine != nil else { return }
    isInTurn = true
    let now = WireInstant(context.eventLoop.now)
    var hasWritten = false
    while true {
      while let event = machine?.nextEvent(at: now) ?? nil { act(on: event) }
      closeIfDone()
      // What a closed machine still says goes out in any case.
      guard context.channel.isWritable || machine?.isClosed == true else {
        guard hasWritten else { break }
        // There may be room at once when this has gone, and nobody will say so: we are still in the turn.
        context.flush()
        hasWritten = false
        continue
      }
      guard let output = machine?.takeOutbound() ?? nil else { break }
      context.write(wrapOutboundOut(output), promise: nil)
      hasWritten = true
    }
    if hasWritten { context.flush() }
    isInTurn = false
    if machine?.isClosed == true {
      context.close(promise: nil)
    } else {
      armTimer(context)
    }
  }

  /// A connection that leaves ends with its last call.
  private func closeIfDone() {
    if isLeaving, calls.isEmpty { machine?.close(.noError, text: "") }
  }

  private func armTimer(_ context: ChannelHandlerContext) {
    // A timer that fires early only looks and is set again; so a call with a late deadline sets none.
    guard let due = machine?.nextTimer ?? nil, due < timerDue else { return }
    timer?.cancel()
    timerDue = due
    timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: NIODeadline(due)) {
      self.timer = nil
      self.timerDue = .never
      self.machine?.tick(at: WireInstant(context.eventLoop.now))
      self.turn()
    }
  }

  func closeChannel() { context?.close(promise: nil) }

  /// The channel is gone.
  private func finish() {
    guard !hasEnded else { return }
    hasEnded = true
    timer?.cancel()
    timer = nil
    var ending = ending ?? .lost(address, "the server closed it")
    ending.sawHello = sawHello
    let left = calls
    calls = [:]
    pool.ended(handle)
    for active in left.values { active.call.end(.lost(ending)) }
    handle.end(ending)
    machine = nil
    context = nil
  }
}
