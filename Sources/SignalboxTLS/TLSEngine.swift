internal import COpenSSL
package import NIOCore

/// One TLS connection without a channel: bytes in, bytes out.
///
/// Every operation takes ciphertext from `input`, moving its reader index over what was used, and
/// appends what must be sent to `output`. Send it also when the operation failed: it may hold an
/// alert. After a failure each operation answers with the same error and nothing is sent any more.
package struct TLSEngine: ~Copyable {
  package enum HandshakeOutcome: Equatable {
    case needsInput
    /// `input` may hold data already; go on with `decrypt`.
    case complete
    case failed(TLSError)
  }

  package enum DecryptOutcome: Equatable {
    /// All of `input` is used.
    case needsInput
    /// `input` has more records, but `budget` is spent.
    case budgetSpent
    /// The peer sent close_notify.
    case closedByPeer
    case failed(TLSError)
  }

  package enum EncryptOutcome: Equatable {
    case encrypted
    case failed(TLSError)
  }

  private enum Phase {
    case handshaking
    case open
    /// We sent close_notify; the peer may still be sending.
    case closed
    case failed(TLSError)
  }

  /// Records in a row without application data, key updates mostly, before the peer is cut off.
  package static let barrenRecordLimit = 32

  private let connection: OpaquePointer
  // libssl keeps pointers into both.
  private let context: TLSContext
  private let scratch: TLSScratch
  private var phase = Phase.handshaking
  private var barrenRecords = 0
  private var closedByPeer = false
  /// The protocol agreed on; empty before the handshake is complete.
  package private(set) var applicationProtocol = ""
  /// On a server, the client that identified itself by a certificate.
  package private(set) var peer: PeerIdentity?

  /// `serverName` is whom a client expects: a DNS name or an address in text. Without it any trusted
  /// certificate is accepted.
  package init(context: TLSContext, scratch: TLSScratch, serverName: String? = nil) throws(TLSError) {
    guard let connection = sbx_connection_new(context.foreign, scratch.pipe) else {
      throw TLSError(.library, "libssl could not make a connection")
    }
    if let serverName, !sbx_connection_expect(connection, serverName, looksLikeAddress(serverName)) {
      sbx_connection_free(connection)
      throw TLSError(.configuration, "`\(serverName)` is neither a host name nor an address")
    }
    self.connection = connection
    self.context = context
    self.scratch = scratch
  }

  deinit {
    sbx_connection_free(connection)
  }

  /// Goes on with the handshake; a client begins it with an empty `input`.
  package mutating func handshake(_ input: inout ByteBuffer, output: inout ByteBuffer) -> HandshakeOutcome {
    switch phase {
    case .handshaking: break
    case .open, .closed: return .complete
    case .failed(let error): return .failed(error)
    }
    let result = withPipe(&input, &output) { connection, pipe in sbx_handshake(connection, pipe) }
    switch result.outcome {
    case .wantsInput: return .needsInput
    case .done:
      do throws(TLSError) {
        try completeHandshake()
        return .complete
      } catch {
        return .failed(fail(error))
      }
    case .closed: return .failed(fail(TLSError(.handshake, "the peer closed the connection during the handshake")))
    case .failed: return .failed(fail(result))
    }
  }

  /// Appends the application data of at most `budget` records to `plaintext`, and takes the records
  /// seen from `budget`. What was decrypted before a failure is in `plaintext`.
  package mutating func decrypt(
    _ input: inout ByteBuffer, into plaintext: inout ByteBuffer, output: inout ByteBuffer, budget: inout Int
  ) -> DecryptOutcome {
    switch phase {
    case .open, .closed: break
    case .handshaking: return .failed(TLSError(.notOpen, "the handshake is not complete"))
    case .failed(let error): return .failed(error)
    }
    let room = scratch.plaintext
    var filled = 0
    var left = budget
    var barren = barrenRecords
    let result: sbx_result? = withPipe(&input, &output) { connection, pipe in
      // A record always fits, so libssl never keeps half of one back.
      while left > 0, room.count - filled >= TLSScratch.recordLength {
        let result = sbx_read(connection, pipe, room.baseAddress?.advanced(by: filled), room.count - filled)
        switch result.outcome {
        case .done:
          filled += result.count
          barren = 0
        case .wantsInput where pipe.pointee.input_length > 0 && barren < Self.barrenRecordLimit:
          barren += 1
        case .wantsInput, .closed, .failed:
          return result
        }
        left -= 1
      }
      return nil
    }
    budget = left
    barrenRecords = barren
    plaintext.writeBytes(UnsafeRawBufferPointer(rebasing: room[..<filled]))
    guard let result else { return input.readableBytes > 0 ? .budgetSpent : .needsInput }
    switch result.outcome {
    case .closed:
      closedByPeer = true
      return .closedByPeer
    case .failed: return .failed(fail(result))
    case .done, .wantsInput:
      guard input.readableBytes > 0 else { return .needsInput }
      return .failed(fail(TLSError(.overload, "the peer sent \(Self.barrenRecordLimit) records in a row without data")))
    }
  }

  /// Encrypts all of `writes`, in order, into as few records as possible.
  package mutating func encrypt(
    _ writes: inout CircularBuffer<ByteBuffer>, into output: inout ByteBuffer
  ) -> EncryptOutcome {
    switch phase {
    case .open: break
    case .handshaking, .closed: return .failed(TLSError(.notOpen, "the connection is not open for writing"))
    case .failed(let error): return .failed(error)
    }
    var total = 0
    for write in writes { total += write.readableBytes }
    output.reserveCapacity(minimumWritableBytes: Self.ciphertextLength(total))

    let staging = scratch.plaintext
    var staged = 0
    while let next = writes.popFirst() {
      let error = next.withUnsafeReadableBytes { bytes -> TLSError? in
        var rest = bytes[...]
        while !rest.isEmpty {
          let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(TLSScratch.recordLength - staged))
          rest = rest.dropFirst(piece.count)
          if staged == 0, piece.count == TLSScratch.recordLength || writes.isEmpty {
            // A whole record, or all there is: it is encrypted where it lies.
            if let error = writeRecord(piece, &output) { return error }
            continue
          }
          UnsafeMutableRawBufferPointer(rebasing: staging[staged...]).copyMemory(from: piece)
          staged += piece.count
          guard staged == TLSScratch.recordLength else { continue }
          staged = 0
          if let error = writeRecord(UnsafeRawBufferPointer(rebasing: staging[..<TLSScratch.recordLength]), &output) {
            return error
          }
        }
        return nil
      }
      if let error { return .failed(error) }
    }
    if staged > 0, let error = writeRecord(UnsafeRawBufferPointer(rebasing: staging[..<staged]), &output) {
      return .failed(error)
    }
    return .encrypted
  }

  /// Appends close_notify. Nothing can be encrypted after it; what the peer still sends can be read.
  /// Does nothing before the handshake is complete or after a failure: then there is nothing to say
  /// goodbye to.
  package mutating func close(output: inout ByteBuffer) {
    guard case .open = phase else { return }
    phase = .closed
    var none = ByteBuffer()
    _ = withPipe(&none, &output) { connection, pipe in sbx_close(connection, pipe) }
  }

  /// Tells what the end of the transport means here: nil if the peer had said goodbye, an error if the
  /// stream was cut.
  package func endOfInput() -> TLSError? {
    switch phase {
    case .open, .closed:
      return closedByPeer ? nil : TLSError(.raggedClose, "the peer closed the connection without saying so first")
    case .handshaking:
      return TLSError(.handshake, "the peer closed the connection during the handshake")
    case .failed(let error):
      return error
    }
  }

  /// Verifies the peer's certificate again, now by `context`. Answers why it is refused, nil if it is
  /// accepted or there is none.
  package func reasonToDistrustPeer(under context: TLSContext) -> String? {
    foreignError { sbx_peer_trusted(connection, context.foreign, $0) }
  }
}

extension TLSEngine {
  /// The most ciphertext that `length` bytes make: 22 bytes for each record, and a key update that
  /// may have been waiting.
  static func ciphertextLength(_ length: Int) -> Int {
    length + (length / TLSScratch.recordLength + 1) * 22 + 64
  }

  private mutating func writeRecord(_ bytes: UnsafeRawBufferPointer, _ output: inout ByteBuffer) -> TLSError? {
    var none = ByteBuffer()
    let result = withPipe(&none, &output) { connection, pipe in
      sbx_write(connection, pipe, bytes.baseAddress, bytes.count)
    }
    return result.outcome == .done ? nil : fail(result)
  }

  /// Lends `input` to the pipe for one operation, and moves what the operation wrote to `output`.
  private func withPipe<Result>(
    _ input: inout ByteBuffer, _ output: inout ByteBuffer,
    _ operation: (OpaquePointer, UnsafeMutablePointer<sbx_pipe>) -> Result
  ) -> Result {
    let pipe = scratch.pipe
    let before = input.readableBytes
    let result = input.withUnsafeReadableBytes { bytes in
      pipe.pointee.input = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      pipe.pointee.input_length = bytes.count
      return operation(connection, pipe)
    }
    input.moveReaderIndex(forwardBy: before - pipe.pointee.input_length)
    pipe.pointee.input = nil
    pipe.pointee.input_length = 0
    if pipe.pointee.output_length > 0 {
      output.writeBytes(UnsafeRawBufferPointer(start: pipe.pointee.output, count: pipe.pointee.output_length))
      pipe.pointee.output_length = 0
    }
    return result
  }

  private mutating func completeHandshake() throws(TLSError) {
    var name: UnsafePointer<UInt8>?
    let length = sbx_alpn(connection, &name)
    let agreed = String(decoding: UnsafeRawBufferPointer(start: name, count: length), as: UTF8.self)
    let known = context.configuration.applicationProtocols
    // OpenSSL is content when the other side leaves ALPN out.
    guard known.isEmpty || known.contains(agreed) else {
      throw TLSError(.applicationProtocol, "the peer did not agree on an application protocol")
    }
    applicationProtocol = agreed
    if context.isServer { peer = try PeerIdentity.read(from: connection) }
    phase = .open
  }

  private mutating func fail(_ result: sbx_result) -> TLSError {
    if case .handshaking = phase { return fail(TLSError(result, scratch.pipe, duringHandshake: true)) }
    return fail(TLSError(result, scratch.pipe, duringHandshake: false))
  }

  private mutating func fail(_ error: TLSError) -> TLSError {
    phase = .failed(error)
    return error
  }
}
