import NIOCore
import SignalboxWire

/// A client machine with time by hand, and what it said in two queues.
final class ClientHarness {
  var connection: ClientConnection
  var now = WireInstant(nanoseconds: 1_000_000_000)
  var frames: [Expectation] = []
  var events: [Expectation] = []
  private var sawHello = false

  init(_ limits: WireLimits = .standard) {
    connection = ClientConnection(limits: limits, hello: Hello(), now: now)
    turn()
  }

  func receive(_ bytes: [UInt8]) {
    connection.receive(ByteBuffer(bytes: bytes))
    turn()
  }

  func wait(_ interval: WireInterval) {
    let end = now + interval
    while let timer = connection.nextTimer, timer <= end {
      now = max(timer, now + WireInterval(nanoseconds: 1))
      connection.tick(at: now)
      turn()
    }
    now = end
    turn()
  }

  func open(_ header: CallHeader, _ message: [UInt8]?, endStream: Bool = true) -> OpenOutcome {
    let outcome = connection.open(
      header, message: message.map { ByteBuffer(bytes: $0) }, endStream: endStream, at: now)
    turn()
    return outcome
  }

  func send(_ count: Int, on stream: StreamID) -> SendOutcome {
    connection.send(ByteBuffer(repeating: 0, count: count), on: stream)
  }

  func turn() {
    repeat {
      while let event = connection.nextEvent(at: now) { events.append(Expectation(event)) }
      guard let output = connection.takeOutbound() else { break }
      var seen = Expectation.frames(in: output)
      if !sawHello, seen.first?.type == "HELLO" {
        sawHello = true
        seen.removeFirst()
      }
      frames += seen
    } while true
  }
}

extension Expectation {
  init(_ event: ClientEvent) {
    switch event {
    case .hello: self.init(kind: "hello")
    case .message(let id, let bytes):
      self.init(kind: "message")
      stream = id.rawValue
      message = VectorBytes(bytes.bytes)
    case .ended(let id, let status, let bytes):
      self.init(kind: "ended")
      stream = id.rawValue
      code = status.code.rawValue
      reason = status.reason
      retry = status.retry.rawValue
      message = bytes.map { VectorBytes($0.bytes) }
    case .reset(let id, let reset):
      self.init(kind: "reset")
      stream = id.rawValue
      code = reset.rawValue
    case .writable(let id):
      self.init(kind: "writable")
      stream = id.rawValue
    case .goAway(let lastStream, let away, let after):
      self.init(kind: "goaway")
      last = lastStream.rawValue
      code = away.rawValue
      retry_after_ms = after
    case .pong: self.init(kind: "pong")
    case .close: self.init(kind: "close")
    }
  }
}
