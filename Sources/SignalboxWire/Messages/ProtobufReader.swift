/// Reads protobuf's wire format from memory, without recursion. Any `nil` means the bytes are not protobuf.
struct ProtobufReader {
  enum WireType: UInt8 { case varint = 0, fixed64, delimited, startGroup, endGroup, fixed32 }

  /// Nested unknown groups are followed this deep.
  static let maxGroupDepth = 100

  private let source: UnsafeRawBufferPointer
  private(set) var position: Int
  private let end: Int

  init(_ source: UnsafeRawBufferPointer) {
    self.source = source
    position = 0
    end = source.count
  }

  private init(_ source: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.source = source
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position == end }

  /// A reader of an embedded message.
  func nested(_ range: Range<Int>) -> ProtobufReader { ProtobufReader(source, range) }

  mutating func varint() -> UInt64? {
    guard position < end else { return nil }
    let first = source[position]
    position &+= 1
    if first < 0x80 { return UInt64(first) }
    var value = UInt64(first & 0x7f)
    var shift: UInt64 = 7
    while position < end {
      let byte = source[position]
      position &+= 1
      // A tenth byte has one bit left for the value; as elsewhere in protobuf the others are dropped.
      if shift > 63 { return nil }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift &+= 7
    }
    return nil
  }

  mutating func tag() -> (field: UInt32, type: WireType)? {
    guard let raw = varint(), raw <= UInt64(UInt32.max), raw >= 8,
      let type = WireType(rawValue: UInt8(truncatingIfNeeded: raw & 7))
    else { return nil }
    return (UInt32(truncatingIfNeeded: raw) >> 3, type)
  }

  mutating func delimited() -> Range<Int>? {
    guard let count = varint(), count <= UInt64(end &- position) else { return nil }
    let start = position
    position = start &+ Int(truncatingIfNeeded: count)
    return start..<position
  }

  func string(_ range: Range<Int>) -> String? {
    if range.isEmpty { return "" }
    let bytes = UnsafeRawBufferPointer(rebasing: source[range])
    // Decoding repairs what is not UTF-8, so a text that differs from its bytes was not. This is several
    // times faster than the validating initializer.
    var text = String(decoding: bytes, as: UTF8.self)
    if ProtobufReader.isASCII(bytes) { return text }
    let isSame = text.withUTF8 { $0.count == bytes.count && $0.elementsEqual(bytes) }
    return isSame ? text : nil
  }

  private static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var seen: UInt64 = 0
    var at = 0
    while bytes.count &- at >= 8 {
      seen |= bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      at &+= 8
    }
    while at < bytes.count {
      seen |= UInt64(bytes[at])
      at &+= 1
    }
    return seen & 0x8080_8080_8080_8080 == 0
  }

  mutating func string() -> String? {
    guard let range = delimited() else { return nil }
    return string(range)
  }

  /// Skips the value of an unknown field. False if it is broken.
  mutating func skip(_ type: WireType, field: UInt32) -> Bool {
    var open: [UInt32] = []
    var next = (field: field, type: type)
    while true {
      switch next.type {
      case .varint: guard varint() != nil else { return false }
      case .fixed64: guard advance(8) else { return false }
      case .fixed32: guard advance(4) else { return false }
      case .delimited: guard delimited() != nil else { return false }
      case .startGroup:
        guard open.count < ProtobufReader.maxGroupDepth else { return false }
        open.append(next.field)
      case .endGroup: guard open.popLast() == next.field else { return false }
      }
      if open.isEmpty { return true }
      guard let tag = tag() else { return false }
      next = tag
    }
  }

  private mutating func advance(_ count: Int) -> Bool {
    guard end &- position >= count else { return false }
    position &+= count
    return true
  }
}
