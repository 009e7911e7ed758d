import NIOCore
import Synchronization

/// Messages of a watch between the event loop and the reader.
///
/// It is bounded by the stream's credit: the server may send more only for what the reader has taken, and a message
/// without bytes is not let in.
final class WatchMailbox: Sendable {
  enum Item: Sendable {
    case message(ByteBuffer)
    /// What came before has been read. Every later `next` gives the same.
    case ended(CallOutcome)
  }

  private struct State {
    var messages = CircularBuffer<ByteBuffer>()
    var outcome: CallOutcome?
    var reader: CheckedContinuation<Item, Never>?
    /// Taken by the reader and not told to the machine.
    var consumed = 0
    var isReported = false
  }

  private let state = Mutex(State())

  /// On the event loop. True if a reader waited and has it now: then the message is consumed, and it is not counted.
  func deliver(_ message: ByteBuffer) -> Bool {
    let reader = state.withLock { state -> CheckedContinuation<Item, Never>? in
      guard state.outcome == nil else { return nil }
      guard let reader = state.reader else {
        state.messages.append(message)
        return nil
      }
      state.reader = nil
      return reader
    }
    reader?.resume(returning: .message(message))
    return reader != nil
  }

  /// The first end counts.
  func finish(_ outcome: CallOutcome) {
    let reader = state.withLock { state -> CheckedContinuation<Item, Never>? in
      guard state.outcome == nil else { return nil }
      state.outcome = outcome
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: .ended(outcome))
  }

  /// The next item, and whether the event loop should be told that messages were taken. One reader at a time.
  func next() async -> (item: Item, reports: Bool) {
    let item = await withCheckedContinuation { continuation in
      let item = state.withLock { state -> Item? in
        if let message = state.messages.popFirst() {
          state.consumed += message.readableBytes
          return .message(message)
        }
        if let outcome = state.outcome { return .ended(outcome) }
        state.reader = continuation
        return nil
      }
      if let item { continuation.resume(returning: item) }
    }
    let reports = state.withLock { state in
      // A message larger than the window needs its credit while nothing else is at hand.
      guard state.outcome == nil, state.consumed > 0, !state.isReported,
        state.consumed >= ClientLimits.creditStep || state.messages.isEmpty
      else { return false }
      state.isReported = true
      return true
    }
    return (item, reports)
  }

  /// On the event loop: bytes taken since the last time.
  func takeConsumed() -> Int {
    state.withLock { state in
      defer {
        state.consumed = 0
        state.isReported = false
      }
      return state.consumed
    }
  }
}
