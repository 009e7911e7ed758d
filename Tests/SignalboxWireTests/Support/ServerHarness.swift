import NIOCore
import SignalboxWire

/// A server machine with the methods that the vectors ask for, and time by hand.
final class ServerHarness {
  static let echo: UInt32 = 0x0101
  static let stream: UInt32 = 0x0F01
  static let hold: UInt32 = 0x0F02
  static let count: UInt32 = 0x0F03

  var connection: ServerConnection
  var now = WireInstant(nanoseconds: 1_000_000_000)
  /// Frames the server sent that no one has looked at. Its HELLO is not among them.
  var frames: [Expectation] = []
  /// All events so far.
  var events: [ServerEvent] = []
  var isClosed = false
  /// Handlers return as soon as they are cancelled.
  var returnsOnCancel = true
  private var methods: [StreamID: UInt32] = [:]
  private var sawHello = false

  init(_ limits: WireLimits = .standard) {
    connection = ServerConnection(limits: limits, hello: Hello(), now: now)
    turn()
  }

  func receive(_ bytes: [UInt8]) {
    connection.receive(ByteBuffer(bytes: bytes))
    turn()
  }

  /// Moves time, stopping at each timer that the machine asks for, as a driver does.
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

  func turn() {
    repeat {
      while let event = connection.nextEvent(at: now) {
        events.append(event)
        act(on: event)
      }
      guard let output = connection.takeOutbound() else { break }
      var seen = Expectation.frames(in: output)
      if !sawHello, seen.first?.type == "HELLO" {
        sawHello = true
        seen.removeFirst()
      }
      frames += seen
    } while true
  }

  var callCount: Int { connection.callCount }

  func send(_ byte: UInt8, count: Int, on stream: StreamID) -> SendOutcome {
    connection.send(ByteBuffer(repeating: byte, count: count), on: stream)
  }

  private func act(on event: ServerEvent) {
    switch event {
    case .call(let id, let header, let message, let more):
      methods[id] = header.method
      switch header.method {
      case ServerHarness.echo, ServerHarness.count:
        guard !more, let message else {
          connection.reject(id, status: Status(.unimplemented, reason: WireReason.secondMessage))
          return
        }
        let answer = header.method == ServerHarness.echo ? message : ByteBuffer(integer: UInt32(message.readableBytes))
        connection.end(id, status: .ok, message: answer)
        connection.handlerReturned(id)
      case ServerHarness.stream: echo(id, message, last: !more)
      case ServerHarness.hold: break
      default: connection.reject(id, status: Status(.unimplemented, reason: WireReason.unknownMethod))
      }
    case .message(let id, let message, let last):
      if methods[id] == ServerHarness.stream { echo(id, message, last: last) }
    case .cancelled(let id, _), .deadlineExceeded(let id):
      if returnsOnCancel { connection.handlerReturned(id) }
    case .close: isClosed = true
    case .hello, .writable, .slowConsumer, .clientLeaving, .drained: break
    }
  }

  private func echo(_ id: StreamID, _ message: ByteBuffer?, last: Bool) {
    if let message {
      _ = connection.send(message, on: id)
      connection.consumed(message.readableBytes, on: id)
    }
    if last {
      connection.end(id, status: .ok, message: nil)
      connection.handlerReturned(id)
    }
  }
}
