package import NIOCore

/// The client's side of one connection: bytes and instants in, events and bytes out. It does no input or output
/// and reads no clock.
///
/// The driver's turn is that of `ServerConnection`. Calls may be opened at once, before the server's HELLO is
/// there. No method traps on what the peer sent, nor on an id that has ended.
package struct ClientConnection: ~Copyable {
  enum Phase { case awaitingHello, open, closed }

  package let limits: WireLimits
  var phase = Phase.awaitingHello
  /// GOAWAY came or went: no new streams.
  var isLeaving = false
  /// What the last GOAWAY says to people; at most 256 bytes.
  package internal(set) var goAwayReason = ""
  var peer = PeerLimits()
  var decoder: FrameDecoder
  var out = FrameEncoder()
  var events = EventQueue<ClientEvent>()
  var ready = ReadyQueue()

  var streams = StreamTable()
  /// Messages that are not complete, for streams with the flag `assembling`.
  var assemblies: [StreamID: ByteBuffer] = [:]
  /// Output that waits, for streams with the flag `backlogged`.
  var backlogs: [StreamID: Backlog] = [:]
  var nextStream: UInt32 = 1

  var now: WireInstant
  var timer: WireInstant
  let helloDeadline: WireInstant
  var keepalive: Keepalive
  var hasUnseenBytes = false

  /// Call when the TLS handshake is done. The limit fields of `hello` are set from `limits`; limits below
  /// what the protocol lets a client announce are raised to it. HELLO is in the output at once.
  package init(limits: WireLimits = .standard, hello: Hello, now: WireInstant) {
    self.limits = limits.forClient
    self.now = now
    decoder = FrameDecoder(maxFrameBytes: self.limits.maxFrameBytes)
    keepalive = Keepalive(interval: limits.clientKeepalive, timeout: limits.keepaliveTimeout, now: now)
    helloDeadline = now + limits.helloTimeout
    timer = min(helloDeadline, keepalive.due)
    var hello = hello
    hello.announce(self.limits)
    out.hello(hello)
  }

  /// Calls that have not ended.
  package var callCount: Int { streams.count }

  /// True after the event `close` was queued: nothing is read or sent any more.
  package var isClosed: Bool { phase == .closed }

  /// When `tick` must be called at the latest; nil once closed. May be earlier than needed.
  package var nextTimer: WireInstant? { phase == .closed ? nil : timer }

  /// How many more calls may be opened now.
  package var freeStreams: Int {
    phase == .closed || isLeaving ? 0 : max(0, peer.maxStreams - streams.count)
  }

  /// Takes what was read. Nothing is parsed before `nextEvent`.
  package mutating func receive(_ bytes: ByteBuffer) {
    guard phase != .closed, bytes.readableBytes > 0 else { return }
    decoder.append(bytes)
    hasUnseenBytes = true
  }

  /// The next thing to do, or nil when more bytes or time are needed.
  package mutating func nextEvent(at now: WireInstant) -> ClientEvent? {
    self.now = max(now, self.now)
    if hasUnseenBytes {
      hasUnseenBytes = false
      keepalive.read(at: self.now)
    }
    if let event = events.popFirst() { return event }
    while phase != .closed {
      guard case .header(let header) = decoder.peek() else { break }
      if let violation = FrameRules.violation(of: header, from: .server, helloSeen: phase == .open) {
        fail(violation)
        break
      }
      guard decoder.isComplete(header) else { break }
      let event = handle(header)
      decoder.skip(header)
      if let event {
        // Events that the frame queued besides came first.
        guard !events.isEmpty else { return event }
        events.append(event)
      }
      if let event = events.popFirst() { return event }
    }
    if phase != .closed {
      if case .tooLong = decoder.peek() {
        fail(Violation(.frameSize, "the frame is over the limit of \(limits.maxFrameBytes) bytes"))
      }
      decoder.releaseIfEmpty()
      if self.now >= timer { tick(at: now) }
    }
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

  mutating func arm(_ instant: WireInstant) {
    if instant < timer { timer = instant }
  }

  mutating func fail(_ violation: Violation) {
    close(violation.code, violation.text, .violation(violation.code, violation.text))
  }

  mutating func close(_ code: GoAwayCode, _ text: String, _ reason: CloseReason) {
    guard phase != .closed else { return }
    phase = .closed
    out.goAway(last: 0, code, retryAfterMilliseconds: 0, reason: text)
    decoder.discardAll()
    assemblies = [:]
    backlogs = [:]
    events.append(.close(reason))
  }
}
