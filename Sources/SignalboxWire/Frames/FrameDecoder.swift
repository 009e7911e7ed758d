package import NIOCore

/// Cuts what was read into frames, in place. Holds at most one incomplete frame between reads.
package struct FrameDecoder {
  package enum Outcome: Equatable, Sendable {
    /// The header, or its payload, is not complete.
    case incomplete
    /// `length` is over the limit. Known from the first byte if that is not 0.
    case tooLong
    /// The header is there; the payload may not be.
    case header(Frame.Header)
  }

  /// What is not parsed yet. The reader index is at a frame's first byte.
  var buffer = ByteBuffer()
  private let maxPayload: Int

  package init(maxFrameBytes: Int) { maxPayload = max(0, maxFrameBytes - Frame.headerBytes) }

  package var readableBytes: Int { buffer.readableBytes }

  /// Takes over the bytes; copies them only behind an incomplete frame.
  package mutating func append(_ bytes: ByteBuffer) {
    if buffer.readableBytes == 0 {
      buffer = bytes
    } else {
      buffer.discardReadBytes()
      buffer.writeImmutableBuffer(bytes)
    }
  }

  /// The header at the reader index. Moves nothing.
  package func peek() -> Outcome {
    buffer.withUnsafeReadableBytes { bytes in
      guard bytes.count >= 4 else {
        return bytes.count > 0 && bytes[0] != 0 ? .tooLong : .incomplete
      }
      let length = Int(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
      guard length <= maxPayload, bytes[0] == 0 else { return .tooLong }
      guard bytes.count >= Frame.headerBytes else { return .incomplete }
      return .header(
        Frame.Header(
          length: length,
          stream: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
          type: bytes[8], flags: Frame.Flags(rawValue: bytes[9])))
    }
  }

  /// Whether the payload of this header, as `peek` returned it, is there too.
  package func isComplete(_ header: Frame.Header) -> Bool {
    buffer.readableBytes &- Frame.headerBytes >= header.length
  }

  /// The payload, or part of it, of a complete frame. Nil if the range is not inside the frame's bytes.
  package func payload(from offset: Int, count: Int) -> ByteBuffer? {
    buffer.getSlice(at: buffer.readerIndex &+ Frame.headerBytes &+ offset, length: count)
  }

  /// An integer inside the payload of a complete frame; 0 if it is not inside.
  func integer<Value: FixedWidthInteger>(at offset: Int, as: Value.Type = Value.self) -> Value {
    buffer.getInteger(at: buffer.readerIndex &+ Frame.headerBytes &+ offset) ?? 0
  }

  /// Goes on to the next frame. The frame must be complete.
  package mutating func skip(_ header: Frame.Header) {
    buffer.moveReaderIndex(forwardBy: min(Frame.headerBytes &+ header.length, buffer.readableBytes))
  }

  /// Lets go of storage that has been read to its end.
  mutating func releaseIfEmpty() {
    if buffer.readableBytes == 0 { buffer = ByteBuffer() }
  }

  mutating func discardAll() { buffer = ByteBuffer() }
}
