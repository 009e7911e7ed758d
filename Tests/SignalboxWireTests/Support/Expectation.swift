import NIOCore
import SignalboxWire

/// What a script says about a frame or an event: the fields that are set must agree.
struct Expectation: Decodable, Sendable, Equatable, CustomStringConvertible {
  var type: String?
  var kind: String?
  var stream: UInt32?
  var code: UInt32?
  var reason: String?
  var retry: UInt32?
  var retry_after_ms: UInt32?
  var bytes: UInt32?
  var data: VectorBytes?
  var ack: Bool?
  var more: Bool?
  var end_stream: Bool?
  var no_message: Bool?
  var message: VectorBytes?
  var method: UInt32?
  var last: UInt32?

  init(type: String? = nil, kind: String? = nil) {
    self.type = type
    self.kind = kind
  }

  /// Nil if all set fields agree, else the name of one that does not.
  func disagreement(with seen: Expectation) -> String? {
    if let type, type != seen.type { return "type" }
    if let kind, kind != seen.kind { return "kind" }
    if let stream, stream != seen.stream { return "stream" }
    if let code, code != seen.code { return "code" }
    if let reason, reason != seen.reason { return "reason" }
    if let retry, retry != seen.retry { return "retry" }
    if let retry_after_ms, retry_after_ms != seen.retry_after_ms { return "retry_after_ms" }
    if let bytes, bytes != seen.bytes { return "bytes" }
    if let data, data.bytes != seen.data?.bytes { return "data" }
    if let ack, ack != seen.ack { return "ack" }
    if let more, more != seen.more { return "more" }
    if let end_stream, end_stream != seen.end_stream { return "end_stream" }
    if let no_message, no_message != seen.no_message { return "no_message" }
    if let message, message.bytes != seen.message?.bytes { return "message" }
    if let method, method != seen.method { return "method" }
    if let last, last != seen.last { return "last" }
    return nil
  }

  static func == (a: Expectation, b: Expectation) -> Bool {
    a.disagreement(with: b) == nil && b.disagreement(with: a) == nil
  }

  var description: String {
    var text = "\(type ?? kind ?? "?") stream=\(stream ?? 0)"
    if let code { text += " code=\(code)" }
    if let reason { text += " reason=\(reason)" }
    if let retry { text += " retry=\(retry)" }
    if let bytes { text += " bytes=\(bytes)" }
    if let ack { text += " ack=\(ack)" }
    if let more { text += " more=\(more)" }
    if let last { text += " last=\(last)" }
    if let message { text += " message=\(message.bytes.count) bytes" }
    return text
  }
}

extension VectorBytes {
  init(_ bytes: [UInt8]) { self.bytes = bytes }
}

extension Expectation {
  /// All frames in these bytes. The last must be complete.
  static func frames(in output: ByteBuffer) -> [Expectation] {
    var decoder = FrameDecoder(maxFrameBytes: 1 << 20)
    decoder.append(output)
    var frames: [Expectation] = []
    while case .header(let header) = decoder.peek(), decoder.isComplete(header),
      let payload = decoder.payload(from: 0, count: header.length)
    {
      frames.append(Expectation(header, payload))
      decoder.skip(header)
    }
    if decoder.readableBytes > 0 { frames.append(Expectation(type: "incomplete")) }
    return frames
  }

  init(_ header: Frame.Header, _ whole: ByteBuffer) {
    var payload = whole
    let names = ["?", "HELLO", "OPEN", "MSG", "END", "RESET", "CREDIT", "PING", "GOAWAY"]
    self.init(type: Int(header.type) < names.count ? names[Int(header.type)] : "?")
    stream = header.stream
    switch header.kind {
    case .hello, nil: break
    case .open:
      let head = payload.readLengthPrefixedSlice(as: UInt16.self).flatMap { CallHeader(decoding: $0) }
      method = head?.method
      more = header.flags.contains(.more)
      end_stream = header.flags.contains(.endStream)
      no_message = header.flags.contains(.noMessage)
      message = VectorBytes(payload.bytes)
    case .message:
      more = header.flags.contains(.more)
      end_stream = header.flags.contains(.endStream)
      no_message = header.flags.contains(.noMessage)
      message = VectorBytes(payload.bytes)
    case .end:
      let status = payload.readLengthPrefixedSlice(as: UInt16.self).flatMap { Status(decoding: $0) }
      code = status?.code.rawValue
      reason = status?.reason
      retry = status?.retry.rawValue
      retry_after_ms = status?.retryAfterMilliseconds
      no_message = header.flags.contains(.noMessage)
      if !header.flags.contains(.noMessage) { message = VectorBytes(payload.bytes) }
    case .reset: code = payload.readInteger()
    case .credit: bytes = payload.readInteger()
    case .ping:
      ack = header.flags.contains(.ack)
      data = VectorBytes(payload.bytes)
    case .goAway:
      last = payload.readInteger()
      code = payload.readInteger()
      retry_after_ms = payload.readInteger()
    }
  }
}
