import NIOCore
import SignalboxWire

/// A server machine whose application does what the input says.
struct ServerRun: ~Copyable {
  private var connection: ServerConnection
  private var now = WireInstant(nanoseconds: 1)
  private var calls: [StreamID] = []

  init() {
    connection = ServerConnection(hello: Hello(), now: now)
  }

  mutating func step(_ input: inout FuzzInput) {
    let operation = input.byte()
    switch operation & 0x0f {
    case 0...3: connection.receive(input.take(input.short()))
    case 4: now = now + .milliseconds(UInt32(input.short()))
    case 5: connection.tick(at: now)
    case 6: connection.beginDrain(at: now, retryAfterMilliseconds: UInt32(input.byte()))
    case 7: connection.unwritten(Int(input.byte()) << 16, at: now)
    case 8: connection.shedIncomplete()
    case 9: if input.byte() == 0x46 { connection.finishDrain(at: now) }
    default: answer(operation, &input)
    }
    turn()
  }

  private mutating func answer(_ operation: UInt8, _ input: inout FuzzInput) {
    let choice = Int(input.byte())
    guard !calls.isEmpty else { return }
    let stream = calls[choice % calls.count]
    let message = ByteBuffer(repeating: 0x2a, count: input.short() << (operation >> 6))
    switch operation & 0x0f {
    case 10: _ = connection.send(message, on: stream)
    case 11: connection.consumed(message.readableBytes, on: stream)
    case 12: connection.end(stream, status: .ok, message: message, discardingQueued: choice & 1 == 1)
    case 13: connection.refuse(stream)
    default:
      connection.end(stream, status: .ok, message: choice & 1 == 1 ? message : nil)
      connection.handlerReturned(stream)
      calls.removeAll { $0 == stream }
    }
  }

  private mutating func turn() {
    var events = 0
    repeat {
      while let event = connection.nextEvent(at: now) {
        events += 1
        precondition(events < 70_000, "events without end")
        if case .call(let stream, _, _, _) = event { calls.append(stream) }
      }
      guard let output = connection.takeOutbound() else { break }
      checkOutput(output, maxFrameBytes: 16_384)
    } while true
    precondition(connection.callCount <= connection.limits.maxStreams, "too many calls")
    precondition(
      (0...connection.limits.maxAssemblyBytes).contains(connection.assemblyBytes), "too much is being assembled")
    precondition(connection.isClosed || connection.nextTimer != nil, "no timer")
    if let timer = connection.nextTimer, !connection.isClosed, timer <= now {
      connection.tick(at: now)
      precondition(connection.isClosed || connection.nextTimer.map { $0 > now } == true, "a timer that stays due")
    }
  }
}
