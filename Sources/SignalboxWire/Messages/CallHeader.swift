package import NIOCore

/// One entry of a call's metadata.
package struct Metadata: Equatable, Sendable {
  package var key: String
  package var value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// What a call is, ahead of its first message.
package struct CallHeader: ControlMessage {
  /// Service number × 256 + method number.
  package var method: UInt32 = 0
  /// From the moment OPEN is read; 0 is none.
  package var timeoutMilliseconds: UInt32 = 0
  /// At most 64 bytes. Nil and empty are the same on the wire. Shares the storage of what was read.
  package var idempotencyKey: ByteBuffer?
  /// One entry more than the limit is kept, so that the receiver can tell.
  package var metadata: [Metadata] = []
  /// W3C trace context, or empty.
  package var traceparent = ""
  /// 0 for the first attempt.
  package var attempt: UInt32 = 0
  /// Decide and answer, but commit nothing.
  package var dryRun = false

  package init() {}

  package init(method: UInt32, timeoutMilliseconds: UInt32 = 0) {
    self.method = method
    self.timeoutMilliseconds = timeoutMilliseconds
  }

  package var encodedCount: Int {
    var count = ProtobufSize.integer(UInt64(method)) + ProtobufSize.integer(UInt64(timeoutMilliseconds))
    if let key = idempotencyKey, key.readableBytes > 0 { count += ProtobufSize.delimited(key.readableBytes) }
    for entry in metadata { count += ProtobufSize.delimited(CallHeader.count(entry)) }
    count += ProtobufSize.string(traceparent) + ProtobufSize.integer(UInt64(attempt)) + (dryRun ? 2 : 0)
    return count
  }

  private static func count(_ entry: Metadata) -> Int {
    ProtobufSize.string(entry.key) + ProtobufSize.string(entry.value)
  }

  package func write(into writer: inout ProtobufWriter) {
    writer.integer(UInt64(method), field: 1)
    writer.integer(UInt64(timeoutMilliseconds), field: 2)
    if let key = idempotencyKey, key.readableBytes > 0 {
      writer.prefix(count: key.readableBytes, field: 3)
      writer.buffer(key)
    }
    for entry in metadata {
      writer.prefix(count: CallHeader.count(entry), field: 4)
      writer.string(entry.key, field: 1)
      writer.string(entry.value, field: 2)
    }
    writer.string(traceparent, field: 5)
    writer.integer(UInt64(attempt), field: 6)
    writer.integer(dryRun ? 1 : 0, field: 7)
  }

  package init?(decoding buffer: ByteBuffer, offset: Int, length: Int) {
    guard offset >= 0, length >= 0, length <= buffer.readableBytes,
      offset <= buffer.readableBytes - length
    else { return nil }
    self.init()
    var key: Range<Int>?
    let decoded = buffer.withUnsafeReadableBytes { bytes in
      read(UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset &+ length)]), key: &key)
    }
    guard decoded else { return nil }
    if let key, !key.isEmpty {
      idempotencyKey = buffer.getSlice(
        at: buffer.readerIndex &+ offset &+ key.lowerBound, length: key.count)
    }
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer, key: inout Range<Int>?) -> Bool {
    var reader = ProtobufReader(bytes)
    while !reader.isAtEnd {
      guard let tag = reader.tag() else { return false }
      switch (tag.field, tag.type) {
      case (1, .varint), (2, .varint), (6, .varint), (7, .varint):
        guard let value = reader.varint() else { return false }
        set(tag.field, value)
      case (3, .delimited):
        guard let range = reader.delimited() else { return false }
        key = range
      case (4, .delimited):
        guard let range = reader.delimited(),
          let entry = CallHeader.entry(reader.nested(range))
        else { return false }
        if metadata.count <= WireLimits.maxMetadataEntries { metadata.append(entry) }
      case (5, .delimited):
        guard let text = reader.string() else { return false }
        traceparent = text
      default:
        guard reader.skip(tag.type, field: tag.field) else { return false }
      }
    }
    return true
  }

  private mutating func set(_ field: UInt32, _ value: UInt64) {
    switch field {
    case 1: method = UInt32(truncatingIfNeeded: value)
    case 2: timeoutMilliseconds = UInt32(truncatingIfNeeded: value)
    case 6: attempt = UInt32(truncatingIfNeeded: value)
    default: dryRun = value != 0
    }
  }

  private static func entry(_ nested: ProtobufReader) -> Metadata? {
    var reader = nested
    var entry = Metadata(key: "", value: "")
    while !reader.isAtEnd {
      guard let tag = reader.tag() else { return nil }
      switch (tag.field, tag.type) {
      case (1, .delimited):
        guard let text = reader.string() else { return nil }
        entry.key = text
      case (2, .delimited):
        guard let text = reader.string() else { return nil }
        entry.value = text
      default:
        guard reader.skip(tag.type, field: tag.field) else { return nil }
      }
    }
    return entry
  }
}
