package import NIOCore

/// Writes protobuf's wire format into memory that the caller has measured with `encodedCount` before.
///
/// Fields with their default value are left out, as proto3 asks.
package struct ProtobufWriter {
  private let target: UnsafeMutableRawBufferPointer
  package private(set) var written = 0

  package init(_ target: UnsafeMutableRawBufferPointer) { self.target = target }

  package mutating func byte(_ value: UInt8) {
    target[written] = value
    written &+= 1
  }

  package mutating func fixed16(_ value: Int) {
    byte(UInt8(truncatingIfNeeded: value >> 8))
    byte(UInt8(truncatingIfNeeded: value))
  }

  package mutating func fixed32(_ value: UInt32) {
    target.storeBytes(of: value.bigEndian, toByteOffset: written, as: UInt32.self)
    written &+= 4
  }

  package mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      byte(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    byte(UInt8(truncatingIfNeeded: rest))
  }

  package mutating func bytes(_ source: UnsafeRawBufferPointer) {
    guard source.count > 0 else { return }
    UnsafeMutableRawBufferPointer(rebasing: target[written...]).copyMemory(from: source)
    written &+= source.count
  }

  package mutating func buffer(_ source: ByteBuffer) {
    source.withUnsafeReadableBytes { bytes($0) }
  }

  mutating func integer(_ value: UInt64, field: UInt8) {
    guard value != 0 else { return }
    byte(field << 3)
    varint(value)
  }

  /// A string even if it is empty, as elements of repeated fields need it.
  mutating func element(_ value: String, field: UInt8) {
    prefix(count: value.utf8.count, field: field)
    var copy = value
    copy.withUTF8 { bytes(UnsafeRawBufferPointer($0)) }
  }

  mutating func string(_ value: String, field: UInt8) {
    if !value.isEmpty { element(value, field: field) }
  }

  mutating func prefix(count: Int, field: UInt8) {
    byte(field << 3 | 2)
    varint(UInt64(count))
  }
}

/// The sizes of what `ProtobufWriter` writes. All fields of the three messages have numbers below 16, so a
/// tag is one byte.
enum ProtobufSize {
  static func varint(_ value: UInt64) -> Int {
    (70 &- (value | 1).leadingZeroBitCount) / 7
  }
  static func integer(_ value: UInt64) -> Int { value == 0 ? 0 : 1 &+ varint(value) }
  static func delimited(_ count: Int) -> Int { 1 &+ varint(UInt64(count)) &+ count }
  static func string(_ value: String) -> Int { value.isEmpty ? 0 : delimited(value.utf8.count) }
}
