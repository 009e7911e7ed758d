import NIOCore
import NIOEmbedded
import SignalboxProtocol
import SignalboxWire
import SwiftProtobuf

@testable import SignalboxClient

/// The server's end of one connection: the real machine, and a test that says each answer.
actor ScriptedServer {
  struct Call {
    let stream: StreamID
    let header: CallHeader
    let message: ByteBuffer?

    var key: [UInt8]? { header.idempotencyKey.map { Array($0.readableBytesView) } }

    func request<Request: Message>(as _: Request.Type = Request.self) throws -> Request {
      try Request(serializedBytes: Array((message ?? ByteBuffer()).readableBytesView))
    }
  }

  private struct Unexpected: Error, CustomStringConvertible {
    let description: String
  }

  private let channel: NIOAsyncTestingChannel
  private var machine: ServerConnection
  /// Read while something was sent.
  private var heard = CircularBuffer<ServerEvent>()
  /// Writes of the client so far.
  private(set) var reads = 0

  init(_ channel: NIOAsyncTestingChannel, _ limits: WireLimits) {
    self.channel = channel
    machine = ServerConnection(limits: limits, hello: Hello(), now: WireInstant(channel.testingEventLoop.now))
  }

  /// The next thing that the client did.
  func event() async throws -> ServerEvent {
    if let event = heard.popFirst() { return event }
    while true {
      // The client speaks first here, as behind TLS. From then on HELLO is out before anything happens.
      if reads > 0 { try await flush() }
      if let event = machine.nextEvent(at: now) { return event }
      // What was read may have been credit.
      if reads > 0 { try await flush() }
      machine.receive(try await channel.waitForOutboundWrite(as: ByteBuffer.self))
      reads += 1
    }
  }

  /// The next call; what comes before it is passed over.
  func call() async throws -> Call {
    while true {
      switch try await event() {
      case .call(let stream, let header, let message, _):
        return Call(stream: stream, header: header, message: message)
      case .hello, .clientLeaving: continue
      case let other: throw Unexpected(description: "expected a call, got \(other)")
      }
    }
  }

  func answer(_ call: Call, _ message: some Message) async throws {
    try await answer(call, bytes: message.serializedBytes())
  }

  func answer(_ call: Call, bytes: [UInt8]?) async throws {
    machine.end(call.stream, status: .ok, message: bytes.map { ByteBuffer(bytes: $0) })
    machine.handlerReturned(call.stream)
    try await flush()
  }

  func refuse(_ call: Call, _ status: Status) async throws {
    machine.end(call.stream, status: status, message: nil)
    machine.handlerReturned(call.stream)
    try await flush()
  }

  func reset(_ call: Call, refused: Bool) async throws {
    if refused { machine.refuse(call.stream) } else { machine.handlerReturned(call.stream) }
    try await flush()
  }

  /// Takes in what the client has written, credit above all, before it sends.
  @discardableResult
  func send(_ call: Call, _ message: some Message) async throws -> SendOutcome {
    await channel.testingEventLoop.run()
    while let bytes = try await channel.readOutbound(as: ByteBuffer.self) {
      machine.receive(bytes)
      while let event = machine.nextEvent(at: now) { heard.append(event) }
    }
    let outcome = machine.send(ByteBuffer(bytes: try message.serializedBytes() as [UInt8]), on: call.stream)
    try await flush()
    return outcome
  }

  func drain() async throws {
    machine.beginDrain(at: now)
    try await flush()
  }

  func goAway(_ code: GoAwayCode) async throws {
    machine.close(code, text: "")
    try await flush()
    try await drop()
  }

  /// A GOAWAY as another server would send it: streams above `last` were not executed.
  func goAway(
    last: StreamID, _ code: GoAwayCode = .noError, retryAfterMilliseconds: UInt32 = 0, reason: String = ""
  ) async throws {
    var encoder = FrameEncoder()
    encoder.goAway(last: last, code, retryAfterMilliseconds: retryAfterMilliseconds, reason: reason)
    if let bytes = encoder.take(keepingStorage: false) { try await channel.writeInbound(bytes) }
  }

  /// The connection is gone, without a word.
  func drop() async throws {
    try? await channel.close()
  }

  /// Waits until the client has closed.
  func closed() async throws { try await channel.closeFuture.get() }

  private var now: WireInstant { WireInstant(channel.testingEventLoop.now) }

  private func flush() async throws {
    while let bytes = machine.takeOutbound() { try await channel.writeInbound(bytes) }
  }
}
