import NIOCore
import SignalboxWire

/// One stream of answers, a watch's or a replay's, on one connection. Letting go of it gives the watch up and its place back.
final class WatchSession {
  private let pool: ConnectionPool
  private let connection: ConnectionHandle
  private let call: PendingCall
  private let mailbox: WatchMailbox

  /// Waits for a connection, as long as it takes.
  init(_ header: CallHeader, message: ByteBuffer, pool: ConnectionPool) async throws {
    let mailbox = WatchMailbox()
    self.pool = pool
    self.mailbox = mailbox
    call = PendingCall(header, message: message, deadline: .never, receiver: .stream(mailbox))
    connection = try await pool.acquire(isWatch: true, until: .never)
    if connection.submit(.open(call)) != .taken { mailbox.finish(.notSent) }
  }

  deinit {
    // Does nothing to a call that has ended.
    call.cancel(on: connection)
    pool.release(connection, isWatch: true)
  }

  func next() async -> WatchMailbox.Item {
    let call = call
    let connection = connection
    let (item, reports) = await withTaskCancellationHandler {
      await mailbox.next()
    } onCancel: {
      call.cancel(on: connection)
    }
    if reports { connection.submit(.consumed(call)) }
    return item
  }
}
