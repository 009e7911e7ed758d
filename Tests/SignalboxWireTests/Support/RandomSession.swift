import NIOCore
import SignalboxWire

/// A client and a server machine with a network between them that cuts bytes at random, and applications that
/// echo, at random speeds. Every message of call `n` is echoed by the server; the client compares.
final class RandomSession {
  static let unary: UInt32 = 1
  static let streaming: UInt32 = 2

  private var random: SeededRandom
  private var client: ClientConnection
  private var server: ServerConnection
  private var now = WireInstant(nanoseconds: 1)
  private var toServer = ByteBuffer()
  private var toClient = ByteBuffer()

  /// What went out on each call and has not come back.
  private var expected: [StreamID: [ByteBuffer]] = [:]
  private var toSend: [StreamID: [ByteBuffer]] = [:]
  private var cancelled: Set<StreamID> = []
  private var callsLeft: Int
  /// The server application: echoes that wait for `writable`, and calls whose input is complete.
  private var echoes: [StreamID: [ByteBuffer]] = [:]
  private var inputEnded: Set<StreamID> = []
  /// Bytes that an application has, but has not reported as consumed.
  private var serverOwes: [(StreamID, Int)] = []
  private var clientOwes: [(StreamID, Int)] = []

  private(set) var finished = 0
  private(set) var problems: [String] = []

  init(seed: UInt64, calls: Int) {
    random = SeededRandom(seed: seed)
    callsLeft = calls
    var limits = WireLimits()
    limits.maxStreams = 2 + random.below(20)
    limits.maxFrameBytes = 4_096 + random.below(12_289)
    limits.initialWindowBytes = 1_024 << random.below(9)
    client = ClientConnection(limits: limits, hello: Hello(), now: now)
    limits.outboundChunkBytes = 1 + random.below(100_000)
    server = ServerConnection(limits: limits, hello: Hello(), now: now)
  }

  /// True when every call has ended and both sides are empty.
  func run(steps: Int) -> Bool {
    for _ in 0..<steps {
      step()
      if !problems.isEmpty { return false }
      if callsLeft == 0, client.callCount == 0, server.callCount == 0, toServer.readableBytes == 0 { break }
    }
    if server.assemblyBytes != 0 { problems.append("\(server.assemblyBytes) bytes of messages left") }
    if client.callCount + server.callCount + callsLeft > 0 {
      problems.append("stuck: \(client.callCount) calls at the client, \(server.callCount) at the server")
    }
    return problems.isEmpty
  }

  private func step() {
    now = now + WireInterval(nanoseconds: UInt64(random.below(100_000)))
    switch random.below(6) {
    case 0: openOrSend()
    case 1, 2: deliver(&toServer) { server.receive($0) }
    case 3, 4: deliver(&toClient) { client.receive($0) }
    default: consume()
    }
    serverTurn()
    clientTurn()
  }

  private func deliver(_ queue: inout ByteBuffer, _ receive: (ByteBuffer) -> Void) {
    guard queue.readableBytes > 0 else { return }
    let limit = random.below(4) == 0 ? 20 : 100_000
    let count = min(queue.readableBytes, 1 + random.below(limit))
    if let bytes = queue.readSlice(length: count) { receive(bytes) }
  }

  private func message() -> ByteBuffer {
    let size = random.below(10) == 0 ? random.below(400_000) : random.below(2_000)
    var buffer = ByteBuffer()
    var word = random.next()
    while buffer.readableBytes < size {
      word = word &* 6_364_136_223_846_793_005 &+ 1
      buffer.writeInteger(word)
    }
    return buffer
  }

  private func openOrSend() {
    if callsLeft > 0, random.below(2) == 0 {
      let isStreaming = random.below(3) == 0
      let messages = isStreaming ? (0..<random.below(6)).map { _ in message() } : [message()]
      var header = CallHeader(method: isStreaming ? RandomSession.streaming : RandomSession.unary)
      header.attempt = UInt32(random.below(3))
      let endsAtOnce = !isStreaming
      switch client.open(header, message: messages.first, endStream: endsAtOnce, at: now) {
      case .opened(let stream):
        callsLeft -= 1
        expected[stream] = messages
        if !endsAtOnce { toSend[stream] = Array(messages.dropFirst()) }
      case .tooManyStreams: break
      case let other: problems.append("open: \(other)")
      }
    } else if let stream = toSend.keys.sorted().first(where: { _ in random.below(2) == 0 }), var rest = toSend[stream] {
      if rest.isEmpty {
        client.finish(stream)
        toSend[stream] = nil
        return
      }
      let outcome = client.send(rest[0], on: stream)
      if outcome == .sent || outcome == .queued {
        rest.removeFirst()
        toSend[stream] = rest
      } else if outcome != .full {
        problems.append("send: \(outcome)")
      }
    } else if random.below(30) == 0, let stream = expected.keys.min() {
      client.cancel(stream)
      cancelled.insert(stream)
      forget(stream)
    }
  }

  private func forget(_ stream: StreamID) {
    expected[stream] = nil
    toSend[stream] = nil
    finished += 1
  }

  private func consume() {
    if !serverOwes.isEmpty {
      let (stream, count) = serverOwes.removeFirst()
      server.consumed(count, on: stream)
    }
    if !clientOwes.isEmpty {
      let (stream, count) = clientOwes.removeFirst()
      client.consumed(count, on: stream)
    }
  }

  private func serverTurn() {
    repeat {
      while let event = server.nextEvent(at: now) {
        switch event {
        case .call(let stream, let header, let message, let more):
          if header.method == RandomSession.unary {
            server.end(stream, status: .ok, message: message)
            server.handlerReturned(stream)
          } else {
            echoes[stream] = []
            take(stream, message, last: !more)
          }
        case .message(let stream, let message, let last): take(stream, message, last: last)
        case .writable(let stream): flush(stream)
        case .cancelled(let stream, _):
          echoes[stream] = nil
          server.handlerReturned(stream)
        case .hello: break
        default: problems.append("server: \(event)")
        }
      }
      guard var output = server.takeOutbound() else { break }
      toClient.writeBuffer(&output)
    } while true
  }

  private func take(_ stream: StreamID, _ message: ByteBuffer?, last: Bool) {
    if let message {
      echoes[stream]?.append(message)
      serverOwes.append((stream, message.readableBytes))
    }
    if last { inputEnded.insert(stream) }
    flush(stream)
  }

  private func flush(_ stream: StreamID) {
    while let next = echoes[stream]?.first {
      let outcome = server.send(next, on: stream)
      guard outcome == .sent || outcome == .queued else { return }
      echoes[stream]?.removeFirst()
      if outcome == .queued { break }
    }
    if echoes[stream]?.isEmpty == true, inputEnded.contains(stream) {
      echoes[stream] = nil
      server.end(stream, status: .ok, message: nil)
      server.handlerReturned(stream)
    }
  }

  private func clientTurn() {
    repeat {
      while let event = client.nextEvent(at: now) {
        switch event {
        case .message(let stream, let message):
          compare(stream, message)
          clientOwes.append((stream, message.readableBytes))
        case .ended(let stream, let status, let message):
          if let message { compare(stream, message) }
          if status != .ok || expected[stream]?.isEmpty != true {
            problems.append("call \(stream) ended early: \(status)")
          }
          forget(stream)
        case .hello, .writable: break
        default: problems.append("client: \(event)")
        }
      }
      guard var output = client.takeOutbound() else { break }
      toServer.writeBuffer(&output)
    } while true
  }

  private func compare(_ stream: StreamID, _ message: ByteBuffer) {
    guard !cancelled.contains(stream) else { return problems.append("message after cancel") }
    guard let first = expected[stream]?.first, first == message else {
      return problems.append("call \(stream): \(message.readableBytes) bytes are not what was sent")
    }
    expected[stream]?.removeFirst()
  }
}
