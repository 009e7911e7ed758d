package import NIOCore

/// Writes frames, one behind the other, into a buffer that is used again once the transport has let go of it.
package struct FrameEncoder {
  private var buffer = ByteBuffer()
  /// The buffer's bytes belong to whoever called `take`.
  private var isTaken = false

  /// Above this an idle connection gives its buffer away instead of keeping it.
  static let keptBytes = 4_096

  package init() {}

  package var readableBytes: Int { isTaken ? 0 : buffer.readableBytes }

  /// All bytes since the last call; nil if there are none.
  package mutating func take(keepingStorage: Bool) -> ByteBuffer? {
    guard readableBytes > 0 else { return nil }
    if keepingStorage || buffer.capacity <= FrameEncoder.keptBytes {
      isTaken = true
      return buffer
    }
    let taken = buffer
    buffer = ByteBuffer()
    return taken
  }

  package mutating func hello(_ hello: Hello) {
    let count = hello.encodedCount
    frame(.hello, [], stream: 0, length: 4 &+ count) { writer in
      writer.fixed32(Frame.magic)
      hello.write(into: &writer)
    }
  }

  /// `message` may be nil only with `noMessage` among the flags.
  package mutating func open(
    _ stream: StreamID, _ header: CallHeader, message: ByteBuffer?, flags: Frame.Flags
  ) {
    let count = header.encodedCount
    frame(.open, flags, stream: stream.rawValue, length: 2 &+ count &+ (message?.readableBytes ?? 0)) { writer in
      writer.fixed16(count)
      header.write(into: &writer)
      if let message { writer.buffer(message) }
    }
  }

  package mutating func message(_ stream: StreamID, _ message: ByteBuffer, flags: Frame.Flags) {
    frame(.message, flags, stream: stream.rawValue, length: message.readableBytes) { $0.buffer(message) }
  }

  /// A message of nil sets NO_MESSAGE.
  package mutating func end(_ stream: StreamID, _ status: Status, message: ByteBuffer?) {
    let count = status.encodedCount
    let length = 2 &+ count &+ (message?.readableBytes ?? 0)
    frame(.end, message == nil ? .noMessage : [], stream: stream.rawValue, length: length) { writer in
      writer.fixed16(count)
      status.write(into: &writer)
      if let message { writer.buffer(message) }
    }
  }

  /// The reason is cut at 256 bytes.
  package mutating func reset(_ stream: StreamID, _ code: ResetCode, reason: String = "") {
    let text = reason.isEmpty ? ByteBuffer() : ByteBuffer(string: reason.cut(toUTF8: WireLimits.maxReasonBytes))
    frame(.reset, [], stream: stream.rawValue, length: 4 &+ text.readableBytes) { writer in
      writer.fixed32(code.rawValue)
      writer.buffer(text)
    }
  }

  package mutating func credit(_ stream: StreamID, _ bytes: Int) {
    frame(.credit, [], stream: stream.rawValue, length: 4) { $0.fixed32(UInt32(clamping: bytes)) }
  }

  package mutating func ping(_ payload: UInt64, ack: Bool) {
    frame(.ping, ack ? .ack : [], stream: 0, length: 8) { writer in
      writer.fixed32(UInt32(truncatingIfNeeded: payload >> 32))
      writer.fixed32(UInt32(truncatingIfNeeded: payload))
    }
  }

  /// The reason is cut at 256 bytes.
  package mutating func goAway(
    last: StreamID, _ code: GoAwayCode, retryAfterMilliseconds: UInt32, reason: String
  ) {
    let text = ByteBuffer(string: reason.cut(toUTF8: WireLimits.maxReasonBytes))
    frame(.goAway, [], stream: 0, length: 12 &+ text.readableBytes) { writer in
      writer.fixed32(last.rawValue)
      writer.fixed32(code.rawValue)
      writer.fixed32(retryAfterMilliseconds)
      writer.buffer(text)
    }
  }

  /// `body` must write exactly `length` bytes.
  @inline(__always)
  private mutating func frame(
    _ kind: Frame.Kind, _ flags: Frame.Flags, stream: UInt32, length: Int, _ body: (inout ProtobufWriter) -> Void
  ) {
    if isTaken {
      // Keeps the storage if the transport has let go of it, else starts a new one.
      buffer.clear()
      isTaken = false
    }
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: Frame.headerBytes &+ length) { target in
      var writer = ProtobufWriter(target)
      writer.fixed32(UInt32(truncatingIfNeeded: length))
      writer.fixed32(stream)
      writer.byte(kind.rawValue)
      writer.byte(flags.rawValue)
      body(&writer)
      assert(writer.written == Frame.headerBytes &+ length)
      return writer.written
    }
  }
}

extension String {
  /// The longest beginning of at most `limit` UTF-8 bytes that does not cut a character.
  func cut(toUTF8 limit: Int) -> String {
    if utf8.count <= limit { return self }
    var text = ""
    var count = 0
    for character in self {
      count += character.utf8.count
      if count > limit { break }
      text.append(character)
    }
    return text
  }
}
