internal import Synchronization

/// Holds the context that new connections are made from, and exchanges it.
///
/// Connections that are open keep theirs. Safe from any thread; `current` is read once a connection.
package final class TLSContextSource: Sendable {
  private let configuration: TLSConfiguration
  private let context: Mutex<TLSContext>

  /// Reads the files and checks them by a handshake in memory.
  package init(_ configuration: TLSConfiguration) throws(TLSError) {
    self.configuration = configuration
    self.context = Mutex(try Self.load(configuration))
  }

  package var current: TLSContext {
    context.withLock { $0 }
  }

  /// Reads the files again. Whoever calls it logs and counts a failure: if it throws, the context of
  /// before stays. It reads files and signs, so it does not belong on an event loop.
  @discardableResult
  package func reload() throws(TLSError) -> TLSContext {
    let fresh = try Self.load(configuration)
    context.withLock { $0 = fresh }
    return fresh
  }

  private static func load(_ configuration: TLSConfiguration) throws(TLSError) -> TLSContext {
    let context = try TLSContext(configuration)
    try context.verifyUsable()
    return context
  }
}
