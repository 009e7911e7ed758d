import NIOCore
import SignalboxWire
import Testing

/// Where the transport cuts the bytes must not matter, and a cut-off frame must do nothing; to either side.
@Suite struct SplitTests {
  /// One side of a connection, and what the other says to it.
  struct Side: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// With every kind of frame that the other side sends; the last one causes an event.
    let session: [UInt8]
    /// How many the session causes, so that none is lost in a new way of writing it.
    let eventCount: Int
    /// Types of the frames that it is answered with.
    let answers: [String]
    let run: @Sendable (_ pieces: [ArraySlice<UInt8>]) -> Seen
  }

  /// What came out.
  struct Seen: Equatable {
    var events: [Event]
    var frames: [Expectation]
  }
  enum Event: Equatable {
    case ofServer(ServerEvent)
    case ofClient(Expectation)
  }

  static let sides = [server, client]

  static let server = Side(
    testDescription: "server", session: clientSession, eventCount: 7, answers: ["END", "PING", "MSG", "MSG", "END"]
  ) { pieces in
    let server = ServerHarness()
    for piece in pieces { server.receive([UInt8](piece)) }
    return Seen(events: server.events.map { .ofServer($0) }, frames: server.frames)
  }

  static let client = Side(
    testDescription: "client", session: serverSession, eventCount: 8, answers: ["PING", "MSG"]
  ) { pieces in
    let client = ClientHarness()
    for stream in [1, 3, 5, 7, 9] as [UInt32] {
      let opened = client.open(CallHeader(method: ServerHarness.hold), [1], endStream: stream != 3)
      #expect(opened == .opened(StreamID(stream)))
    }
    // The whole credit of one stream is spent and ten bytes wait for more.
    #expect(client.send(WireLimits.standard.initialWindowBytes, on: StreamID(3)) == .queued)
    client.turn()
    #expect(client.send(10, on: StreamID(3)) == .queued)
    client.turn()
    client.frames = []
    client.events = []
    for piece in pieces { client.receive([UInt8](piece)) }
    return Seen(events: client.events.map { .ofClient($0) }, frames: client.frames)
  }

  private static let clientSession: [UInt8] = {
    var encoder = FrameEncoder()
    encoder.hello(Hello())
    var header = CallHeader(method: ServerHarness.echo, timeoutMilliseconds: 5_000)
    header.idempotencyKey = ByteBuffer(bytes: 0..<16)
    header.metadata = [Metadata(key: "tenant", value: "access")]
    encoder.open(1, header, message: ByteBuffer(string: "hi"), flags: .endStream)
    encoder.open(3, CallHeader(method: ServerHarness.stream), message: ByteBuffer(string: "a"), flags: .more)
    encoder.ping(7, ack: false)
    encoder.open(5, CallHeader(method: ServerHarness.hold), message: nil, flags: [.noMessage, .endStream])
    encoder.message(3, ByteBuffer(string: "b"), flags: [])
    encoder.credit(5, 4_096)
    encoder.message(3, ByteBuffer(string: "c"), flags: .endStream)
    encoder.reset(5, .cancel)
    encoder.goAway(last: 0, .noError, retryAfterMilliseconds: 0, reason: "bye")
    return encoder.take(keepingStorage: false)?.bytes ?? []
  }()

  private static let serverSession: [UInt8] = {
    var encoder = FrameEncoder()
    encoder.hello(Hello())
    encoder.end(1, .ok, message: ByteBuffer(string: "hi"))
    encoder.message(3, ByteBuffer(string: "ab"), flags: .more)
    encoder.ping(7, ack: false)
    encoder.message(3, ByteBuffer(string: "c"), flags: [])
    encoder.end(7, Status(.notFound, reason: "X", message: "no such thing"), message: nil)
    encoder.reset(5, .refused, reason: "busy")
    encoder.goAway(last: 7, .noError, retryAfterMilliseconds: 0, reason: "bye")
    // Last: what it lets go is told in the turn after the bytes, and so behind all that came with them.
    encoder.credit(3, 10)
    return encoder.take(keepingStorage: false)?.bytes ?? []
  }()

  @Test(arguments: sides) func everySplitIsTheSame(_ side: Side) {
    let session = side.session
    let whole = side.run([session[...]])
    #expect(whole.events.count == side.eventCount, "\(whole.events)")
    #expect(whole.frames.map { $0.type ?? "" } == side.answers, "\(whole.frames)")
    for split in 1..<session.count {
      #expect(side.run([session[..<split], session[split...]]) == whole, "split at \(split)")
    }
    #expect(side.run(session.indices.map { session[$0...$0] }) == whole)
  }

  /// The bytes of a session that has been cut off give the beginning of what the whole gives.
  @Test(arguments: sides) func everyTruncationIsABeginning(_ side: Side) {
    let session = side.session
    let whole = side.run([session[...]])
    for length in 0..<session.count {
      let part = side.run([session[..<length]])
      #expect(part.events == Array(whole.events.prefix(part.events.count)), "cut at \(length)")
      #expect(part.frames == Array(whole.frames.prefix(part.frames.count)), "cut at \(length)")
      #expect(part.events.count < whole.events.count, "cut at \(length)")
    }
  }

  /// A frame whose payload was cut and whose length says so ends in a refusal, never in a call.
  @Test func everyPayloadOfACallMayBeCut() {
    var encoder = FrameEncoder()
    var header = CallHeader(method: ServerHarness.echo, timeoutMilliseconds: 5_000)
    header.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    encoder.open(1, header, message: nil, flags: [.noMessage, .endStream])
    let open = encoder.take(keepingStorage: false)?.bytes ?? []
    for length in 0..<(open.count - 10) {
      let server = ServerHarness()
      server.receive([UInt8](hex: "00000004000000000100" + "53425831"))
      server.receive(cut(open, to: length))
      #expect(server.frames.map { $0.reason ?? "" } == [WireReason.malformedHeader], "length \(length)")
    }
  }

  /// The same of an answer: the connection ends, and the call is not taken for answered.
  @Test func everyPayloadOfAnAnswerMayBeCut() {
    var encoder = FrameEncoder()
    encoder.end(1, Status(.notFound, reason: "X", message: "no such thing"), message: nil)
    let end = encoder.take(keepingStorage: false)?.bytes ?? []
    for length in 0..<(end.count - 10) {
      let client = ClientHarness()
      _ = client.open(CallHeader(method: ServerHarness.echo), [1])
      client.frames = []
      client.receive([UInt8](hex: "00000004000000000100" + "53425831"))
      client.receive(cut(end, to: length))
      #expect(client.events.map { $0.kind ?? "" } == ["hello", "close"], "length \(length)")
      #expect(client.frames.map(\.code) == [GoAwayCode.protocol.rawValue], "length \(length)")
    }
  }

  /// The frame with fewer bytes of payload than it had, at most 255.
  private func cut(_ frame: [UInt8], to length: Int) -> [UInt8] {
    var cut = Array(frame.prefix(10 + length))
    cut[3] = UInt8(length)
    return cut
  }
}
