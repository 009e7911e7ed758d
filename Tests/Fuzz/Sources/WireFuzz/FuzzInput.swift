import NIOCore

/// Reads the fuzzer's bytes; zeros behind their end.
struct FuzzInput {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isEmpty: Bool { position >= bytes.count }

  mutating func byte() -> UInt8 {
    guard !isEmpty else { return 0 }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func short() -> Int { Int(byte()) << 8 | Int(byte()) }

  mutating func take(_ count: Int) -> ByteBuffer {
    let end = min(position + count, bytes.count)
    defer { position = end }
    return ByteBuffer(bytes: bytes[min(position, end)..<end])
  }
}

/// Whatever a machine sends must be whole frames of allowed size.
func checkOutput(_ output: ByteBuffer, maxFrameBytes: Int) {
  var output = output
  while output.readableBytes > 0 {
    guard let length = output.readInteger(as: UInt32.self), Int(length) + 10 <= maxFrameBytes,
      output.readSlice(length: 6 + Int(length)) != nil
    else { preconditionFailure("output is not whole frames of at most \(maxFrameBytes) bytes") }
  }
}
