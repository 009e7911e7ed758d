import FoundationEssentials
import NIOCore
import SignalboxWire
import Testing

/// `frames.json`: bytes and what they mean, in both directions.
@Suite struct FrameVectorTests {
  struct File: Decodable { var frames: [Frame] }

  struct Frame: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var hex: String
    var stream: UInt32
    var type: String
    var flags: UInt8
    var canonical: Bool
    var payload: Payload
    var testDescription: String { name }
  }

  struct Payload: Decodable, Sendable {
    struct Entry: Decodable, Sendable {
      var key: String
      var value: String
    }
    struct Problem: Decodable, Sendable {
      var field: String
      var description: String
    }
    struct Hello: Decodable, Sendable {
      var minor, max_frame, max_message, max_streams, initial_window, max_metadata: UInt32?
      var features: [String]?
      var software, server_instance, token: String?
      var now_ms: Int64?
    }
    struct Header: Decodable, Sendable {
      var method, timeout_ms, attempt: UInt32?
      var idempotency_key, traceparent: String?
      var metadata: [Entry]?
      var dry_run: Bool?
    }
    struct Status: Decodable, Sendable {
      var code, retry, retry_after_ms: UInt32?
      var message, reason, cursor, limit: String?
      var violations: [Problem]?
    }
    var hello: Hello?
    var header: Header?
    var status: Status?
    var message: String?
    var code, bytes, last, retry_after_ms: UInt32?
    var reason, data: String?
  }

  static let frames: [Frame] =
    (try? JSONDecoder().decode(File.self, from: Data(Vectors.read("frames.json"))).frames) ?? []

  @Test func framesAreThere() { #expect(FrameVectorTests.frames.count > 25) }

  @Test(arguments: frames)
  func header(_ frame: Frame) {
    var decoder = FrameDecoder(maxFrameBytes: 16_384)
    decoder.append(ByteBuffer(bytes: [UInt8](hex: frame.hex)))
    guard case .header(let header) = decoder.peek() else {
      Issue.record("no header")
      return
    }
    #expect(decoder.isComplete(header))
    #expect(header.stream == frame.stream && header.flags.rawValue == frame.flags)
    #expect("\(header.kind.map { "\($0)" } ?? "?")" == FrameVectorTests.kinds[frame.type])
    decoder.skip(header)
    #expect(decoder.readableBytes == 0)
  }

  /// Decodes, compares with the payload in the file, and encodes again.
  @Test(arguments: frames)
  func payload(_ frame: Frame) throws {
    let bytes = [UInt8](hex: frame.hex)
    var rest = ByteBuffer(bytes: bytes.dropFirst(10))
    var encoder = FrameEncoder()
    let stream = StreamID(frame.stream)
    let flags = SignalboxWire.Frame.Flags(rawValue: frame.flags)
    let message = frame.payload.message.map { ByteBuffer(bytes: [UInt8](hex: $0)) }
    if let expected = frame.payload.hello {
      let magic = rest.readString(length: 4)
      #expect(magic == "SBX1")
      let hello = try #require(Hello(decoding: rest))
      #expect(hello == Hello(expected))
      encoder.hello(hello)
    } else if let expected = frame.payload.header {
      let head = rest.readLengthPrefixedSlice(as: UInt16.self) ?? ByteBuffer()
      let header = try #require(CallHeader(decoding: head))
      #expect(header == CallHeader(expected))
      #expect(rest == message ?? ByteBuffer())
      encoder.open(stream, header, message: message, flags: flags)
    } else if let expected = frame.payload.status {
      let head = rest.readLengthPrefixedSlice(as: UInt16.self) ?? ByteBuffer()
      let status = try #require(Status(decoding: head))
      #expect(status == Status(expected))
      #expect(rest == message ?? ByteBuffer())
      encoder.end(stream, status, message: message)
    } else if frame.type == "MSG" {
      encoder.message(stream, message ?? ByteBuffer(), flags: flags)
    } else {
      encode(frame, into: &encoder)
    }
    if frame.canonical {
      #expect(encoder.take(keepingStorage: false)?.bytes == bytes)
    }
  }

  private func encode(_ frame: Frame, into encoder: inout FrameEncoder) {
    let payload = frame.payload
    switch frame.type {
    case "CREDIT": encoder.credit(StreamID(frame.stream), Int(payload.bytes ?? 0))
    case "PING":
      var data = ByteBuffer(bytes: [UInt8](hex: payload.data ?? ""))
      encoder.ping(data.readInteger() ?? 0, ack: frame.flags == 1)
    case "GOAWAY":
      encoder.goAway(
        last: StreamID(payload.last ?? 0), GoAwayCode(onWire: payload.code ?? 0),
        retryAfterMilliseconds: payload.retry_after_ms ?? 0, reason: payload.reason ?? "")
    default:
      encoder.reset(StreamID(frame.stream), ResetCode(onWire: payload.code ?? 0), reason: payload.reason ?? "")
    }
  }

  private static let kinds = [
    "HELLO": "hello", "OPEN": "open", "MSG": "message", "END": "end", "RESET": "reset", "CREDIT": "credit",
    "PING": "ping", "GOAWAY": "goAway",
  ]
}

extension Hello {
  init(_ file: FrameVectorTests.Payload.Hello) {
    self.init()
    minor = file.minor ?? 0
    maxFrame = file.max_frame ?? 0
    maxMessage = file.max_message ?? 0
    maxStreams = file.max_streams ?? 0
    initialWindow = file.initial_window ?? 0
    maxMetadata = file.max_metadata ?? 0
    features = file.features ?? []
    software = file.software ?? ""
    serverInstance = ByteBuffer(bytes: [UInt8](hex: file.server_instance ?? ""))
    nowMilliseconds = file.now_ms ?? 0
    token = file.token ?? ""
  }
}

extension CallHeader {
  init(_ file: FrameVectorTests.Payload.Header) {
    self.init(method: file.method ?? 0, timeoutMilliseconds: file.timeout_ms ?? 0)
    idempotencyKey = file.idempotency_key.map { ByteBuffer(bytes: [UInt8](hex: $0)) }
    metadata = (file.metadata ?? []).map { Metadata(key: $0.key, value: $0.value) }
    traceparent = file.traceparent ?? ""
    attempt = file.attempt ?? 0
    dryRun = file.dry_run ?? false
  }
}

extension Status {
  init(_ file: FrameVectorTests.Payload.Status) {
    self.init()
    code = StatusCode(rawValue: file.code ?? 0) ?? .unknown
    message = file.message ?? ""
    reason = file.reason ?? ""
    retry = Retry(rawValue: file.retry ?? 0) ?? .never
    retryAfterMilliseconds = file.retry_after_ms ?? 0
    violations = (file.violations ?? []).map { FieldViolation(field: $0.field, description: $0.description) }
    cursor = file.cursor ?? ""
    limit = file.limit ?? ""
  }
}
