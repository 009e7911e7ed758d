import NIOCore
import SignalboxWire
import Synchronization

/// One attempt of a call, shared by the task that waits for it and the event loop that does it.
final class PendingCall: Sendable {
  enum Receiver: Sendable {
    /// One answer.
    case single(Signal<CallOutcome>)
    /// Answers until the end.
    case stream(WatchMailbox)
  }

  /// Without the time that is left, which only the event loop knows.
  let header: CallHeader
  let message: ByteBuffer
  /// `never` for a watch.
  let deadline: WireInstant
  let receiver: Receiver

  private let isCancelled = Atomic(false)
  /// 0 until the call is open. Written on the event loop only.
  private let stream = Atomic<UInt32>(0)

  init(_ header: CallHeader, message: ByteBuffer, deadline: WireInstant, receiver: Receiver) {
    self.header = header
    self.message = message
    self.deadline = deadline
    self.receiver = receiver
  }

  /// True if nobody waits any more, so that the call need not be opened.
  var isAbandoned: Bool { isCancelled.load(ordering: .acquiring) }

  /// On the event loop: the stream, if the call is open.
  var openStream: StreamID? {
    let raw = stream.load(ordering: .relaxed)
    return raw == 0 ? nil : StreamID(raw)
  }

  func opened(_ id: StreamID) { stream.store(id.rawValue, ordering: .relaxed) }

  /// The first end counts.
  func end(_ outcome: CallOutcome) {
    switch receiver {
    case .single(let signal): signal.fulfil(outcome)
    case .stream(let mailbox): mailbox.finish(outcome)
    }
  }

  /// Gives up the call: the server is told, if it has heard of it, and the waiting task goes on at once.
  func cancel(on connection: ConnectionHandle) {
    isCancelled.store(true, ordering: .releasing)
    connection.submit(.cancel(self))
    end(.cancelled)
  }
}
