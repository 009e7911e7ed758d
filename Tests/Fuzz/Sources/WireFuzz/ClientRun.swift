import NIOCore
import SignalboxWire

/// A client machine whose application does what the input says.
struct ClientRun: ~Copyable {
  private var connection: ClientConnection
  private var now = WireInstant(nanoseconds: 1)
  private var calls: [StreamID] = []

  init() {
    connection = ClientConnection(hello: Hello(), now: now)
    for _ in 0..<4 { open(CallHeader(method: 0x0101), ByteBuffer(string: "hi"), endStream: true) }
  }

  mutating func step(_ input: inout FuzzInput) {
    let operation = input.byte()
    switch operation & 0x0f {
    case 0...4: connection.receive(input.take(input.short()))
    case 5: now = now + .milliseconds(UInt32(input.short()))
    case 6: connection.tick(at: now)
    case 7: if input.byte() == 0x4c { connection.leave() }
    case 8, 9:
      let header = CallHeader(method: UInt32(input.byte()), timeoutMilliseconds: UInt32(input.byte()))
      let message = ByteBuffer(repeating: 0x2a, count: input.short() << (operation >> 6))
      open(header, operation & 0x10 == 0 ? message : nil, endStream: operation & 0x20 == 0)
    default: use(operation, &input)
    }
    turn()
  }

  private mutating func open(_ header: CallHeader, _ message: ByteBuffer?, endStream: Bool) {
    if case .opened(let stream) = connection.open(header, message: message, endStream: endStream, at: now) {
      calls.append(stream)
    }
  }

  private mutating func use(_ operation: UInt8, _ input: inout FuzzInput) {
    let choice = Int(input.byte())
    guard !calls.isEmpty else { return }
    let stream = calls[choice % calls.count]
    switch operation & 0x0f {
    case 10: connection.cancel(stream)
    case 11: connection.consumed(input.short(), on: stream)
    case 12: connection.finish(stream)
    default:
      let message = ByteBuffer(repeating: 0x2a, count: input.short() << (operation >> 6))
      _ = connection.send(message, on: stream, endStream: choice & 1 == 1)
    }
  }

  private mutating func turn() {
    var events = 0
    repeat {
      while let event = connection.nextEvent(at: now) {
        events += 1
        precondition(events < 70_000, "events without end")
        switch event {
        case .ended(let stream, _, _), .reset(let stream, _):
          precondition(calls.contains(stream), "the end of a call that was not open")
          calls.removeAll { $0 == stream }
        default: break
        }
      }
      guard let output = connection.takeOutbound() else { break }
      checkOutput(output, maxFrameBytes: 16_384)
    } while true
    precondition(connection.callCount <= max(128, calls.count), "too many calls")
    if let timer = connection.nextTimer, timer <= now {
      connection.tick(at: now)
      precondition(connection.isClosed || connection.nextTimer.map { $0 > now } == true, "a timer that stays due")
    }
  }
}
