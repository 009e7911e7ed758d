internal import COpenSSL

/// The memory in which one event loop encrypts and decrypts, shared by all its connections: an idle
/// connection then owns no buffer at all.
///
/// It holds nothing between two operations. Use it on one event loop only.
package final class TLSScratch {
  /// The largest plaintext of a record.
  package static let recordLength = 16 * 1024
  /// Records decrypted before other connections get their turn.
  package static let recordsPerTurn = 16
  /// What one operation may write: a record, a handshake flight, the answers to a turn's key updates.
  static let outputLimit = 512 * 1024

  let pipe: UnsafeMutablePointer<sbx_pipe>
  let plaintext: UnsafeMutableRawBufferPointer

  package init() {
    guard let pipe = sbx_pipe_new(2 * Self.recordLength, Self.outputLimit) else {
      preconditionFailure("out of memory")
    }
    self.pipe = pipe
    self.plaintext = .allocate(byteCount: Self.recordsPerTurn * Self.recordLength, alignment: 16)
  }

  deinit {
    sbx_pipe_free(pipe)
    plaintext.deallocate()
  }
}
