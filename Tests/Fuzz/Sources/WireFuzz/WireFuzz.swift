import NIOCore
import SignalboxWire

/// What libFuzzer calls. The first byte chooses the side; the rest are steps: an operation byte, then its operands.
/// Operations 0 to 3 feed as many bytes as the next two say, so that a seed is a session with its cuts.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var input = FuzzInput(UnsafeBufferPointer(start: start, count: count))
  if input.byte() & 1 == 0 {
    var run = ServerRun()
    while !input.isEmpty { run.step(&input) }
  } else {
    var run = ClientRun()
    while !input.isEmpty { run.step(&input) }
  }
  decodeAlone(UnsafeBufferPointer(start: start, count: count))
  return 0
}

/// The three control messages on the whole input.
private func decodeAlone(_ bytes: UnsafeBufferPointer<UInt8>) {
  let buffer = ByteBuffer(bytes: bytes)
  check(Hello(decoding: buffer))
  check(CallHeader(decoding: buffer))
  check(Status(decoding: buffer))
}

/// What was decoded must survive being encoded and decoded again.
private func check<M: ControlMessage>(_ message: M?) {
  guard let message else { return }
  var buffer = ByteBuffer()
  message.encode(into: &buffer)
  precondition(buffer.readableBytes == message.encodedCount, "encodedCount is wrong")
  precondition(M(decoding: buffer) == message, "encoding changed the message")
}
