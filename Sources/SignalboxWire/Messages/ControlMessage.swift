package import NIOCore

/// One of the three protobuf messages that the machines read themselves: `Hello`, `CallHeader`, `Status`.
///
/// They are coded here, and not by the protobuf library, because a call decodes one and encodes one: this
/// costs no allocation beyond what the message holds.
package protocol ControlMessage: Equatable, Sendable {
  /// Bytes that `write` will produce.
  var encodedCount: Int { get }

  /// Writes exactly `encodedCount` bytes.
  func write(into writer: inout ProtobufWriter)

  /// Reads `length` bytes from `offset` bytes after the reader index. Nil if they are not this message:
  /// truncated, a bad tag, a string that is not UTF-8. Unknown fields are skipped; of a scalar the last counts.
  init?(decoding buffer: ByteBuffer, offset: Int, length: Int)
}

extension ControlMessage {
  /// Reads the message from all readable bytes.
  package init?(decoding buffer: ByteBuffer) {
    self.init(decoding: buffer, offset: 0, length: buffer.readableBytes)
  }

  /// Appends the encoded message.
  package func encode(into buffer: inout ByteBuffer) {
    let count = encodedCount
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
      var writer = ProtobufWriter(target)
      write(into: &writer)
      return writer.written
    }
  }
}
