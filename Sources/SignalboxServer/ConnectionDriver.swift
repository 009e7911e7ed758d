import Logging
import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxTLS
import SignalboxWire
import SwiftProtobuf

/// Drives the protocol's machine for one connection: bytes in, events out, calls to their handlers, answers back.
///
/// The machine decides; `run` is the one place that acts on what it says. Lives on the connection's event loop.
final class ConnectionDriver: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// Bytes that the socket may hold back before no more are read from the peer.
  private static let unwrittenBeforePausing = 256 * 1024
  /// How long last bytes may take to be written before the connection is closed without them.
  private static let closePatience = TimeAmount.seconds(5)

  private let loop: LoopContext
  private var machine: ServerConnection
  private var context: ChannelHandlerContext?
  private var speaker: ConnectionIdentity
  private(set) var calls: Set<StreamID> = []
  private var streams: [StreamID: any OpenStream] = [:]
  var seats: ConnectionSeats
  private var timer: (at: WireInstant, task: Scheduled<Void>)?
  private var unwritten = 0
  /// As last told to the loop.
  private(set) var incompleteBytes = 0
  private var isDirty = false
  private var isClosing = false
  private var isDraining = false
  private var closing: Scheduled<Void>?

  init(_ loop: LoopContext, limits: WireLimits) {
    self.loop = loop
    speaker = ConnectionIdentity(loop.server)
    seats = ConnectionSeats(loop.server)
    var hello = Hello()
    hello.software = "signalboxd \(ServerVersion.text)"
    hello.serverInstance = ByteBuffer(bytes: loop.server.instance)
    hello.nowMilliseconds = loop.server.clock.now().milliseconds
    // The machine must see that nothing is taken before this driver stops giving.
    var limits = limits
    limits.maxUnwrittenBytes = min(limits.maxUnwrittenBytes, Self.unwrittenBeforePausing)
    machine = ServerConnection(limits: limits, hello: hello, now: .now)
  }

  // MARK: The channel

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    speaker.connected(from: context.remoteAddress)
    loop.opened(self)
    if loop.isDraining { drain() }
    markDirty()
    loop.endTurn()
    context.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    machine.receive(unwrapInboundIn(data))
    runEvents()
  }

  private func tellIncomplete() {
    let change = machine.assemblyBytes - incompleteBytes
    guard change != 0 else { return }
    incompleteBytes += change
    loop.incomplete(change)
  }

  /// Gives the memory of incomplete messages back; their calls may be sent again.
  func shedIncomplete() {
    machine.shedIncomplete()
    markDirty()
    tellIncomplete()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    markDirty()
    loop.endTurn()
    if !isClosing, unwritten < Self.unwrittenBeforePausing { context.read() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    stopCalls()
    seats.disconnect()
    loop.closed(self)
    loop.incomplete(-incompleteBytes)
    incompleteBytes = 0
    timer?.task.cancel()
    closing?.cancel()
    self.context = nil
    loop.endTurn()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event as? TLSEvent {
    case .handshakeCompleted(_, let peer):
      speaker.peer = peer
    case .peerNoLongerTrusted(let reason):
      loop.server.logger.info("certificate no longer accepted", metadata: ["reason": "\(reason)"])
      machine.close(.unauthenticated, text: "the client certificate is no longer accepted")
      runEvents()
      markDirty()
      loop.endTurn()
    case .closedCleanly, nil: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    loop.server.logger.debug("connection failed", metadata: ["error": "\(error)"])
    context.close(promise: nil)
  }

  // MARK: The machine

  private func runEvents() {
    while let event = machine.nextEvent(at: .now) { run(event) }
    tellIncomplete()
  }

  private func run(_ event: ServerEvent) {
    switch event {
    case .hello(let hello):
      identify(hello)
    case .call(let stream, let header, let message, let moreMessages):
      start(stream, header, message, moreMessages: moreMessages)
    case .message(let stream, let message, _):
      // No method takes a second message; the call is refused already.
      machine.consumed(message?.readableBytes ?? 0, on: stream)
    case .cancelled(let stream, _), .deadlineExceeded(let stream):
      stop(stream)
    case .writable(let stream):
      streams[stream]?.hasRoom()
    case .slowConsumer(let stream):
      slowConsumer(stream)
    case .clientLeaving:
      break
    case .drained:
      closeAfterWriting()
    case .close(let reason):
      loop.server.logger.debug("connection ends", metadata: ["reason": "\(reason)"])
      if case .violation = reason { loop.statistics.violations += 1 }
      stopCalls()
      closeAfterWriting()
    }
  }

  private func identify(_ hello: Hello) {
    do {
      try speaker.greet(hello)
      try seats.connect(speaker.tenant)
    } catch {
      let wait = error.status.retryAfterMilliseconds
      machine.close(wait > 0 ? .calm : .unauthenticated, text: error.status.message, retryAfterMilliseconds: wait)
    }
  }

  private func start(_ stream: StreamID, _ header: CallHeader, _ message: ByteBuffer?, moreMessages: Bool) {
    guard let method = Method(rawValue: header.method) else {
      return reject(stream, Refusal(.unknownMethod, "no method has the number \(header.method); see Describe"))
    }
    guard !moreMessages else {
      return reject(stream, Refusal(.secondMessage, "\(method.path) takes one message; set END_STREAM on it"))
    }
    let now = loop.server.clock.now()
    guard speaker.isAccepted(at: now) else {
      let refusal = Refusal(.unauthenticated, "the token was revoked or has expired; ask an admin for a new one")
      loop.statistics.count(method, refusal.status)
      reject(stream, refusal)
      return machine.close(.unauthenticated, text: Self.notAccepted)
    }
    do {
      let context = try speaker.admit(header, to: method, at: now)
      if let principal = context.principal { try loop.rates.admit(principal, at: .now()) }
      calls.insert(stream)
      CallTable.start(
        Invocation(
          method: method, stream: stream, header: header, message: message ?? ByteBuffer(), context: context,
          started: .now(), driver: self, loop: loop))
    } catch {
      loop.statistics.count(method, error.status)
      reject(stream, error)
    }
  }

  private static let notAccepted = "who speaks on this connection is no longer accepted"

  /// Ends what belongs to somebody who is no longer accepted: watches with their cursor, then the connection.
  func checkCredentials(at now: Timestamp) {
    for open in Array(streams.values) where !loop.server.tokens.isGood(open.identity, at: now) {
      end(
        open, Refusal(.unauthenticated, "the token of this call was revoked or has expired").status,
        discardingQueued: true)
    }
    guard !speaker.isAccepted(at: now) else { return }
    machine.close(.unauthenticated, text: Self.notAccepted)
    runEvents()
    markDirty()
  }

  private func reject(_ stream: StreamID, _ refusal: Refusal) {
    machine.reject(stream, status: refusal.status)
    markDirty()
  }

  // MARK: Answers

  /// Ends a call with its answer or its refusal.
  func finish(_ call: Invocation, _ result: Result<[UInt8], any Error>) {
    // A call that was cancelled is over for the client; its slot is freed now that the handler is back.
    let isWanted = calls.remove(call.stream) != nil
    seats.end(on: call.stream)
    let status: Status
    var message: ByteBuffer?
    switch result {
    case .success(let bytes):
      status = .ok
      message = ByteBuffer(bytes: bytes)
    case .failure(let error):
      let (description, fault) = Status.describing(error)
      status = description
      if let fault {
        loop.server.logger.error(
          "call failed",
          metadata: ["method": "\(call.method.path)", "error": "\(fault)", "trace": "\(call.header.traceparent)"])
      }
    }
    loop.statistics.count(call.method, status, took: NIODeadline.now() - call.started)
    if isWanted { machine.end(call.stream, status: status, message: message, discardingQueued: false) }
    machine.handlerReturned(call.stream)
    markDirty()
  }

  /// Called once the request was looked at.
  func open(_ open: any OpenStream) {
    guard calls.remove(open.stream) != nil else {
      seats.end(on: open.stream)
      machine.handlerReturned(open.stream)
      return markDirty()
    }
    streams[open.stream] = open
    loop.statistics.openStreams += 1
    guard !isDraining else { return end(open, Self.drainingStatus) }
    // Its token may have been revoked while the request was looked at.
    checkCredentials(at: loop.server.clock.now())
    guard streams[open.stream] === open else { return }
    open.opened()
  }

  func send(_ response: some Message, on stream: StreamID) -> SendOutcome {
    guard let bytes: [UInt8] = try? response.serializedBytes() else { return .gone }
    markDirty()
    return machine.send(ByteBuffer(bytes: bytes), on: stream)
  }

  func end(_ open: any OpenStream, _ status: Status, discardingQueued: Bool = false) {
    var status = status
    status.cursor = open.cursor(discardingQueued: discardingQueued)
    machine.end(open.stream, status: status, message: nil, discardingQueued: discardingQueued)
    stop(open.stream)
    markDirty()
  }

  private func slowConsumer(_ stream: StreamID) {
    let refusal = Refusal(.slowConsumer, "the stream was not read for too long; resume from the cursor")
    if let open = streams[stream] { return end(open, refusal.status, discardingQueued: true) }
    machine.end(stream, status: refusal.status, message: nil, discardingQueued: true)
  }

  /// Stops a call that the client no longer waits for. One that is with the store comes back by itself.
  private func stop(_ stream: StreamID) {
    calls.remove(stream)
    guard let open = streams.removeValue(forKey: stream) else { return }
    loop.statistics.openStreams -= 1
    seats.end(on: stream)
    open.closed()
    machine.handlerReturned(stream)
  }

  private func stopCalls() {
    for stream in Array(streams.keys) { stop(stream) }
    calls = []
  }

  // MARK: Draining

  /// Asks the client to go elsewhere: unary calls finish, open streams end with their cursor.
  func drain() {
    isDraining = true
    machine.beginDrain(at: .now, retryAfterMilliseconds: 0)
    for open in Array(streams.values) {
      end(open, Self.drainingStatus)
    }
    runEvents()
    markDirty()
  }

  private static var drainingStatus: Status {
    Refusal(.draining, "the server is going down; resume from the cursor").status
  }

  func finishDrain() {
    machine.finishDrain(at: .now)
    runEvents()
    markDirty()
  }

  // MARK: Writing

  private func markDirty() {
    guard !isDirty else { return }
    isDirty = true
    loop.needsFlush(self)
  }

  /// One write and one flush for all that the turn has brought.
  func flush() {
    isDirty = false
    guard let context else { return }
    // An answer may have been the last that a drain waits for.
    runEvents()
    var wrote = false
    while unwritten < Self.unwrittenBeforePausing, let bytes = machine.takeOutbound() {
      wrote = true
      unwritten += bytes.readableBytes
      let count = bytes.readableBytes
      let back = NIOLoopBound(self, eventLoop: loop.eventLoop)
      context.write(wrapOutboundOut(bytes)).whenComplete { _ in back.value.written(count) }
      runEvents()
    }
    if wrote { context.flush() }
    machine.unwritten(unwritten, at: .now)
    if isClosing, unwritten == 0 { context.close(promise: nil) }
    schedule()
  }

  private func written(_ count: Int) {
    let wasPaused = unwritten >= Self.unwrittenBeforePausing
    unwritten -= count
    if isClosing, unwritten == 0 {
      // There may be more to take than one flush took.
      markDirty()
      return loop.endTurn()
    }
    guard wasPaused, unwritten < Self.unwrittenBeforePausing else { return }
    markDirty()
    loop.endTurn()
    context?.read()
  }

  /// Asks TLS whether the client's certificate is still accepted by new rules.
  func revalidate(_ tls: TLSContext) {
    context?.triggerUserOutboundEvent(TLSRevalidation(context: tls), promise: nil)
  }

  private func closeAfterWriting() {
    guard !isClosing else { return }
    isClosing = true
    markDirty()
    // A peer that does not read must not keep the connection.
    closing = loop.eventLoop.assumeIsolated().scheduleTask(in: Self.closePatience) {
      self.context?.close(promise: nil)
    }
  }

  private func schedule() {
    guard let due = machine.nextTimer, context != nil else {
      timer?.task.cancel()
      timer = nil
      return
    }
    // A timer that fires early does no harm and is cheaper than one set anew for each call.
    if let timer, timer.at <= due { return }
    timer?.task.cancel()
    let task = loop.eventLoop.assumeIsolated().scheduleTask(deadline: .uptimeNanoseconds(due.nanoseconds)) {
      self.timer = nil
      self.machine.tick(at: .now)
      self.runEvents()
      self.markDirty()
      self.loop.endTurn()
    }
    timer = (due, task)
  }
}

extension WireInstant {
  static var now: WireInstant { WireInstant(nanoseconds: NIODeadline.now().uptimeNanoseconds) }
}
