package import NIOCore

/// What a side accepts, and who it is; the first frame in each direction. A limit of 0 means the default.
package struct Hello: ControlMessage {
  package var minor: UInt32 = 0
  package var maxFrame: UInt32 = 0
  package var maxMessage: UInt32 = 0
  package var maxStreams: UInt32 = 0
  package var initialWindow: UInt32 = 0
  package var maxMetadata: UInt32 = 0
  /// Names of optional behaviour. The first 64 are kept.
  package var features: [String] = []
  /// Name and version of the program, for logs.
  package var software = ""
  /// Changes when the server restarts (server only).
  package var serverInstance = ByteBuffer()
  /// The sender's wall clock, milliseconds since 1970.
  package var nowMilliseconds: Int64 = 0
  /// Bearer token that gives the connection its identity (client only).
  package var token = ""

  static let maxFeatures = 64

  package init() {}

  package var encodedCount: Int {
    var count = ProtobufSize.integer(UInt64(minor)) + ProtobufSize.integer(UInt64(maxFrame))
    count += ProtobufSize.integer(UInt64(maxMessage)) + ProtobufSize.integer(UInt64(maxStreams))
    count += ProtobufSize.integer(UInt64(initialWindow)) + ProtobufSize.integer(UInt64(maxMetadata))
    for feature in features { count += ProtobufSize.delimited(feature.utf8.count) }
    count += ProtobufSize.string(software)
    if serverInstance.readableBytes > 0 { count += ProtobufSize.delimited(serverInstance.readableBytes) }
    count += ProtobufSize.integer(UInt64(bitPattern: nowMilliseconds)) + ProtobufSize.string(token)
    return count
  }

  package func write(into writer: inout ProtobufWriter) {
    writer.integer(UInt64(minor), field: 1)
    writer.integer(UInt64(maxFrame), field: 2)
    writer.integer(UInt64(maxMessage), field: 3)
    writer.integer(UInt64(maxStreams), field: 4)
    writer.integer(UInt64(initialWindow), field: 5)
    writer.integer(UInt64(maxMetadata), field: 6)
    for feature in features { writer.element(feature, field: 7) }
    writer.string(software, field: 8)
    if serverInstance.readableBytes > 0 {
      writer.prefix(count: serverInstance.readableBytes, field: 9)
      writer.buffer(serverInstance)
    }
    writer.integer(UInt64(bitPattern: nowMilliseconds), field: 10)
    writer.string(token, field: 11)
  }

  package init?(decoding buffer: ByteBuffer, offset: Int, length: Int) {
    guard offset >= 0, length >= 0, length <= buffer.readableBytes,
      offset <= buffer.readableBytes - length,
      let view = buffer.getSlice(at: buffer.readerIndex + offset, length: length)
    else { return nil }
    var hello = Hello()
    guard view.withUnsafeReadableBytes({ hello.read($0, of: view) }) else { return nil }
    self = hello
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer, of view: ByteBuffer) -> Bool {
    var reader = ProtobufReader(bytes)
    while !reader.isAtEnd {
      guard let tag = reader.tag() else { return false }
      switch (tag.field, tag.type) {
      case (1...6, .varint), (10, .varint):
        guard let value = reader.varint() else { return false }
        set(tag.field, value)
      case (7, .delimited):
        guard let text = reader.string() else { return false }
        if features.count < Hello.maxFeatures { features.append(text) }
      case (8, .delimited):
        guard let text = reader.string() else { return false }
        software = text
      case (9, .delimited):
        guard let range = reader.delimited(),
          let slice = view.getSlice(at: view.readerIndex + range.lowerBound, length: range.count)
        else { return false }
        serverInstance = slice
      case (11, .delimited):
        guard let text = reader.string() else { return false }
        token = text
      default:
        guard reader.skip(tag.type, field: tag.field) else { return false }
      }
    }
    return true
  }

  private mutating func set(_ field: UInt32, _ value: UInt64) {
    let short = UInt32(truncatingIfNeeded: value)
    switch field {
    case 1: minor = short
    case 2: maxFrame = short
    case 3: maxMessage = short
    case 4: maxStreams = short
    case 5: initialWindow = short
    case 6: maxMetadata = short
    default: nowMilliseconds = Int64(bitPattern: value)
    }
  }

  /// States the limits of this side, so that what is announced is what is enforced.
  mutating func announce(_ limits: WireLimits) {
    maxFrame = UInt32(clamping: limits.maxFrameBytes)
    maxMessage = UInt32(clamping: limits.maxMessageBytes)
    maxStreams = UInt32(clamping: limits.maxStreams)
    initialWindow = UInt32(clamping: limits.initialWindowBytes)
    maxMetadata = UInt32(clamping: limits.maxMetadataBytes)
  }
}
