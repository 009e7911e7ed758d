import NIOCore
import SignalboxTLS

/// One engine, and everything that happened to it.
final class Endpoint {
  private var engine: TLSEngine
  private(set) var handshakeComplete = false
  private(set) var received: [UInt8] = []
  private(set) var closedByPeer = false
  private(set) var error: TLSError?
  /// Ciphertext for the other side.
  var output = ByteBuffer()

  var peer: PeerIdentity? { engine.peer }
  var applicationProtocol: String { engine.applicationProtocol }

  init(_ context: TLSContext, scratch: TLSScratch = TLSScratch(), serverName: String? = nil) throws {
    engine = try TLSEngine(context: context, scratch: scratch, serverName: serverName)
  }

  func feed(_ bytes: ByteBuffer) {
    var input = bytes
    if !handshakeComplete {
      switch engine.handshake(&input, output: &output) {
      case .needsInput: return
      case .complete: handshakeComplete = true
      case .failed(let error):
        self.error = error
        return
      }
    }
    while true {
      var plaintext = ByteBuffer()
      var budget = TLSScratch.recordsPerTurn
      let outcome = engine.decrypt(&input, into: &plaintext, output: &output, budget: &budget)
      received.append(contentsOf: plaintext.readableBytesView)
      switch outcome {
      case .needsInput: return
      case .budgetSpent: continue
      case .closedByPeer:
        closedByPeer = true
        return
      case .failed(let error):
        self.error = error
        return
      }
    }
  }

  func send(_ pieces: [UInt8]...) {
    var writes = CircularBuffer(pieces.map { ByteBuffer(bytes: $0) })
    if case .failed(let error) = engine.encrypt(&writes, into: &output) { self.error = error }
  }

  func close() { engine.close(output: &output) }
  func endOfInput() -> TLSError? { engine.endOfInput() }
  func reasonToDistrustPeer(under context: TLSContext) -> String? { engine.reasonToDistrustPeer(under: context) }

  func takeOutput() -> ByteBuffer {
    defer { output.clear() }
    return output
  }
}

/// A client and a server, joined by a wire without delay.
struct Pair {
  let client: Endpoint
  let server: Endpoint

  init(
    client: TLSContext, server: TLSContext, scratch: TLSScratch = TLSScratch(), serverName: String? = "localhost"
  ) throws {
    self.client = try Endpoint(client, scratch: scratch, serverName: serverName)
    self.server = try Endpoint(server, scratch: scratch)
    self.client.feed(ByteBuffer())
  }

  /// Carries bytes until both have nothing more to say.
  func settle() {
    while client.output.readableBytes > 0 || server.output.readableBytes > 0 {
      if client.output.readableBytes > 0 { server.feed(client.takeOutput()) }
      if server.output.readableBytes > 0 { client.feed(server.takeOutput()) }
    }
  }
}

/// The records in `bytes`: the length of each, header included.
func recordLengths(_ bytes: ByteBuffer) -> [Int] {
  var rest = bytes
  var lengths: [Int] = []
  while let header = rest.readBytes(length: 5) {
    let length = Int(header[3]) << 8 | Int(header[4])
    rest.moveReaderIndex(forwardBy: min(length, rest.readableBytes))
    lengths.append(length + 5)
  }
  return lengths
}
