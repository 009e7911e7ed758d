import NIOCore
import Testing

@testable import SignalboxWire

@Suite struct ClientConnectionTests {
  private func connected(_ limits: WireLimits = .standard) -> ClientHarness {
    let client = ClientHarness(limits)
    client.receive(ServerConnectionTests.hello)
    client.events = []
    return client
  }

  private func bytes(_ build: (inout FrameEncoder) -> Void) -> [UInt8] {
    var encoder = FrameEncoder()
    build(&encoder)
    return encoder.take(keepingStorage: false)?.bytes ?? []
  }

  @Test func oddIdsThatIncrease() {
    let client = connected()
    for id: StreamID in [1, 3, 5] { #expect(client.open(CallHeader(method: 1), []) == .opened(id)) }
  }

  @Test func idsRunOut() {
    let client = connected()
    client.connection.nextStream = 0x7fff_ffff
    #expect(client.open(CallHeader(method: 1), []) == .opened(.last))
    #expect(client.open(CallHeader(method: 1), []) == .exhausted)
  }

  @Test func atMostTheServersStreams() {
    let client = connected()
    for _ in 0..<128 { _ = client.open(CallHeader(method: 1), []) }
    let free = client.connection.freeStreams
    #expect(free == 0)
    #expect(client.open(CallHeader(method: 1), []) == .tooManyStreams)
    client.connection.cancel(1)
    #expect(client.open(CallHeader(method: 1), []) == .opened(257))
  }

  @Test func metadataIsCheckedBeforeItIsSent() {
    let client = connected()
    var header = CallHeader(method: 1)
    header.metadata = [Metadata(key: "k", value: String(repeating: "v", count: 8_191))]
    #expect(client.open(header, []) == .opened(1))
    header.metadata[0].value += "v"
    #expect(client.open(header, []) == .metadataTooLarge)
    header.metadata = Array(repeating: Metadata(key: "k", value: ""), count: 33)
    #expect(client.open(header, []) == .metadataTooLarge)
    header.metadata = []
    header.traceparent = String(repeating: "t", count: 17_000)
    #expect(client.open(header, []) == .metadataTooLarge)
  }

  @Test func messagesAreSentAndFinished() {
    let client = connected()
    _ = client.open(CallHeader(method: 1), nil, endStream: false)
    #expect(client.send(1, on: 1) == .sent)
    client.connection.finish(1)
    client.connection.finish(1)
    #expect(client.send(1, on: 1) == .gone)
    client.turn()
    #expect(client.frames.map { $0.type ?? "" } == ["OPEN", "MSG", "MSG"])
    #expect(client.frames.map { $0.no_message ?? false } == [true, false, true])
    #expect(client.frames.map { $0.end_stream ?? false } == [false, false, true])
  }

  @Test func theEndOfAQueuedMessageIsMarked() {
    let client = connected()
    _ = client.open(CallHeader(method: 1), nil, endStream: false)
    #expect(client.send(300_000, on: 1) == .queued)
    client.turn()
    client.connection.finish(1)
    client.receive(bytes { $0.credit(1, 200_000) })
    #expect(client.frames.last?.end_stream == true)
    #expect(client.frames.dropFirst().reduce(0) { $0 + ($1.message?.bytes.count ?? 0) } == 300_000)
    #expect(!client.events.contains { $0.kind == "writable" }, "nothing more may be sent")
  }

  @Test func anAnswerOverTheLimitIsGivenUp() {
    var limits = WireLimits()
    limits.maxMessageBytes = 10
    for extra in [0, 1] {
      let client = connected(limits)
      _ = client.open(CallHeader(method: 1), [])
      _ = client.open(CallHeader(method: 1), [])
      client.frames = []
      client.receive(
        bytes {
          $0.message(1, ByteBuffer(repeating: 0, count: 6), flags: .more)
          $0.message(1, ByteBuffer(repeating: 0, count: 4 + extra), flags: [])
          $0.end(3, .ok, message: ByteBuffer(repeating: 0, count: 10 + extra))
        })
      let reasons = extra == 0 ? ["-", ""] : [WireReason.messageTooLarge, WireReason.messageTooLarge]
      #expect(client.events.map { $0.reason ?? "-" } == reasons)
      #expect(client.frames.map { $0.type ?? "" } == (extra == 0 ? [] : ["RESET"]))
    }
  }

  /// Ids up to GOAWAY's last one may have been executed; those above certainly were not.
  @Test func goAwayTellsWhatWasNotExecuted() {
    let client = connected()
    for _ in 0..<4 { _ = client.open(CallHeader(method: 1), []) }
    client.receive(bytes { $0.goAway(last: 3, .calm, retryAfterMilliseconds: 30_000, reason: "calm") })
    #expect(client.events.map { $0.kind ?? "" } == ["goaway", "reset", "reset", "close"])
    #expect(client.events.map { $0.stream ?? 0 } == [0, 5, 7, 0])
    #expect(client.events.first?.retry_after_ms == 30_000)
    #expect(client.connection.isClosed && client.connection.nextTimer == nil)
    #expect(client.open(CallHeader(method: 1), []) == .draining)
  }

  @Test func leaving() {
    let client = connected()
    _ = client.open(CallHeader(method: 1), [])
    client.connection.leave()
    client.connection.leave()
    client.turn()
    #expect(client.frames.map { $0.type ?? "" } == ["OPEN", "GOAWAY"])
    #expect(client.open(CallHeader(method: 1), []) == .draining)
    client.receive(bytes { $0.end(1, .ok, message: nil) })
    #expect(client.connection.callCount == 0 && !client.connection.isClosed)
  }

  /// Before HELLO a client may use the defaults; a larger window then holds for open streams too.
  @Test func aLargerWindowHoldsForEarlyStreams() {
    let client = ClientHarness()
    _ = client.open(CallHeader(method: 1), nil, endStream: false)
    #expect(client.send(300_000, on: 1) == .queued)
    client.turn()
    func sent() -> Int { client.frames.dropFirst().reduce(0) { $0 + ($1.message?.bytes.count ?? 0) } }
    #expect(sent() == 262_144)
    var hello = Hello()
    hello.initialWindow = 262_145
    client.receive(bytes { $0.hello(hello) })
    #expect(sent() == 262_145)
  }

  @Test func pongsAreTold() {
    let client = connected()
    client.connection.ping(42)
    client.turn()
    client.receive(bytes { $0.ping(42, ack: true) })
    #expect(client.events.map { $0.kind ?? "" } == ["pong"])
  }
}
