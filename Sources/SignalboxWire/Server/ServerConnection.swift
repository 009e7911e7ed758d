package import NIOCore

/// The server's side of one connection: bytes and instants in, events and bytes out. It does no input or output,
/// reads no clock, and decides everything that `Protocol/README.md` says about frames.
///
/// The driver's turn, after each read, timer and application answer:
///
///     connection.receive(bytes)
///     repeat {
///       while let event = connection.nextEvent(at: now) { /* act; end(), send(), … at any time */ }
///       guard let output = connection.takeOutbound() else { break }
///       /* write output; stop the loop here while the transport does not take more */
///     }
///     /* flush; arrange for tick(at:) at nextTimer */
///
/// No method traps on what the peer sent, nor on an id that has ended.
package struct ServerConnection: ~Copyable {
  enum Phase { case awaitingHello, open, closed }
  enum Drain: Equatable {
    case none
    case awaitingAck(until: WireInstant)
    /// GOAWAY with the real last id went; new streams are ignored.
    case final
    case drained
  }

  package let limits: WireLimits
  var phase = Phase.awaitingHello
  var drain = Drain.none
  var peer = PeerLimits()
  var decoder: FrameDecoder
  var out = FrameEncoder()
  var events = EventQueue<ServerEvent>()
  var ready = ReadyQueue()

  var streams = StreamTable()
  /// Messages that are not complete, for streams with the flag `assembling`.
  var assemblies: [StreamID: MessageAssembly] = [:]
  /// Output that waits, for streams with the flag `backlogged`.
  var backlogs: [StreamID: Backlog] = [:]
  /// Bytes of incomplete messages; at most `maxAssemblyBytes`.
  package internal(set) var assemblyBytes = 0
  /// The highest id of any OPEN, and of one that was not ignored.
  var highestSeen = StreamID(0)
  var highestAccepted = StreamID(0)
  /// Streams that neither side has closed. At most as many as the client believes are open.
  var openCount = 0

  var now: WireInstant
  var timer: WireInstant
  let helloDeadline: WireInstant
  var keepalive: Keepalive
  var hasUnseenBytes = false
  /// Since when the frame at the front is incomplete.
  var incompleteSince = WireInstant.never
  var unwrittenSince = WireInstant.never

  var malformedHeaders = 0
  var resets = RateWindow()
  var controlFrames = RateWindow()
  var lateFrames = RateWindow()
  var overruns = RateWindow()
  var busyPings = RateWindow()
  var idlePings = RateWindow()

  /// Call when the TLS handshake is done. The limit fields of `hello` are set from `limits`; limits below
  /// what the protocol lets a server announce are raised to it. HELLO is in the output at once.
  package init(limits: WireLimits = .standard, hello: Hello, now: WireInstant) {
    self.limits = limits.forServer
    self.now = now
    decoder = FrameDecoder(maxFrameBytes: self.limits.maxFrameBytes)
    keepalive = Keepalive(interval: limits.serverKeepalive, timeout: limits.keepaliveTimeout, now: now)
    helloDeadline = now + limits.helloTimeout
    timer = min(helloDeadline, keepalive.due)
    var hello = hello
    hello.announce(self.limits)
    out.hello(hello)
  }

  /// Calls whose handler has not returned.
  package var callCount: Int { streams.count }

  /// True after the event `close` was queued: nothing is read or sent any more.
  package var isClosed: Bool { phase == .closed }

  /// When `tick` must be called at the latest; nil once closed. May be earlier than needed.
  package var nextTimer: WireInstant? { phase == .closed ? nil : timer }

  /// What the client's HELLO asked not to exceed, for one message.
  package var peerMaxMessageBytes: Int { peer.maxMessageBytes }

  /// Takes what was read. Nothing is parsed before `nextEvent`. Do not read on while `takeOutbound` has
  /// bytes that the transport does not take: answers to what is read need room.
  package mutating func receive(_ bytes: ByteBuffer) {
    guard phase != .closed, bytes.readableBytes > 0 else { return }
    decoder.append(bytes)
    hasUnseenBytes = true
  }

  /// The next thing to do, or nil when more bytes or time are needed.
  package mutating func nextEvent(at now: WireInstant) -> ServerEvent? {
    self.now = max(now, self.now)
    if hasUnseenBytes {
      hasUnseenBytes = false
      keepalive.read(at: self.now)
    }
    if let event = events.popFirst() { return event }
    while phase != .closed {
      guard case .header(let header) = decoder.peek() else { break }
      if let violation = FrameRules.violation(of: header, from: .client, helloSeen: phase == .open) {
        fail(violation)
        break
      }
      guard decoder.isComplete(header) else { break }
      incompleteSince = .never
      let event = handle(header)
      decoder.skip(header)
      if let event {
        // Events that the frame queued besides came first.
        guard !events.isEmpty else { return event }
        events.append(event)
      }
      if let event = events.popFirst() { return event }
    }
    if phase != .closed { settle() }
    return events.popFirst()
  }

  /// All bytes to write since the last call; nil if there are none. Fragments of large messages come in turn,
  /// about 64 KiB per call, so call again until nil or until the transport takes no more. May cause events.
  package mutating func takeOutbound() -> ByteBuffer? {
    pump()
    let bytes = out.take(keepingStorage: streams.count > 0)
    if streams.count == 0 { streams.shrinkIfIdle() }
    return bytes
  }

  /// After the last complete frame: notes what is incomplete, and does what time asks for.
  private mutating func settle() {
    if case .tooLong = decoder.peek() {
      fail(Violation(.frameSize, "the frame is over the limit of \(limits.maxFrameBytes) bytes"))
      return
    }
    decoder.releaseIfEmpty()
    if decoder.readableBytes > 0 {
      if incompleteSince == .never { incompleteSince = now }
      arm(keepalive.lastRead + limits.frameIdleTimeout)
      arm(incompleteSince + limits.progressWindow)
    }
    if now >= timer { tick(at: now) }
  }

  mutating func arm(_ instant: WireInstant) {
    if instant < timer { timer = instant }
  }

  /// Tells the peer what it did wrong, and ends the connection.
  mutating func fail(_ violation: Violation) {
    close(violation.code, violation.text, .violation(violation.code, violation.text))
  }

  mutating func close(
    _ code: GoAwayCode, _ text: String, _ reason: CloseReason, retryAfterMilliseconds: UInt32 = 0
  ) {
    guard phase != .closed else { return }
    phase = .closed
    let usual = code == .calm ? limits.calmRetryAfterMilliseconds : 0
    out.goAway(
      last: highestAccepted, code,
      retryAfterMilliseconds: retryAfterMilliseconds > 0 ? retryAfterMilliseconds : usual, reason: text)
    decoder.discardAll()
    assemblies = [:]
    backlogs = [:]
    assemblyBytes = 0
    events.append(.close(reason))
  }
}
