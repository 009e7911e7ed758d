import NIOCore
import SignalboxWire
import Testing

/// Where the transport cuts the bytes must not matter, and a cut-off frame must do nothing.
@Suite struct SplitTests {
  /// A session with every kind of frame a client sends.
  static let session: [UInt8] = {
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

  private func run(_ pieces: [ArraySlice<UInt8>]) -> (events: [ServerEvent], frames: [Expectation]) {
    let server = ServerHarness()
    for piece in pieces { server.receive([UInt8](piece)) }
    return (server.events, server.frames)
  }

  @Test func everySplitIsTheSame() {
    let session = SplitTests.session
    let whole = run([session[...]])
    #expect(whole.events.count == 7, "\(whole.events)")
    #expect(whole.frames.map { $0.type ?? "" } == ["END", "PING", "MSG", "MSG", "END"], "\(whole.frames)")
    for split in 1..<session.count {
      let parts = run([session[..<split], session[split...]])
      #expect(parts.events == whole.events, "split at \(split)")
      #expect(parts.frames == whole.frames, "split at \(split)")
    }
    let bytewise = run(session.indices.map { session[$0...$0] })
    #expect(bytewise.events == whole.events)
    #expect(bytewise.frames == whole.frames)
  }

  /// The bytes of a session that has been cut off give the beginning of what the whole gives.
  @Test func everyTruncationIsABeginning() {
    let session = SplitTests.session
    let whole = run([session[...]])
    for length in 0..<session.count {
      let part = run([session[..<length]])
      #expect(part.events == Array(whole.events.prefix(part.events.count)), "cut at \(length)")
      #expect(part.frames == Array(whole.frames.prefix(part.frames.count)), "cut at \(length)")
      #expect(part.events.count < whole.events.count, "cut at \(length)")
    }
  }

  /// A frame whose length was made shorter or longer by one ends in a refusal or in silence, never in a call.
  @Test func everyPayloadMayBeCut() {
    var encoder = FrameEncoder()
    var header = CallHeader(method: ServerHarness.echo, timeoutMilliseconds: 5_000)
    header.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    encoder.open(1, header, message: nil, flags: [.noMessage, .endStream])
    let open = encoder.take(keepingStorage: false)?.bytes ?? []
    for length in 0..<(open.count - 10) {
      let server = ServerHarness()
      server.receive([UInt8](hex: "00000004000000000100" + "53425831"))
      var cut = Array(open.prefix(10 + length))
      cut[3] = UInt8(length)
      server.receive(cut)
      #expect(server.frames.map { $0.reason ?? "" } == [WireReason.malformedHeader], "length \(length)")
    }
  }
}
