import Dispatch
import Synchronization

/// How many of several commands were taken in, and why the others were not.
package struct Admission: Sendable, Equatable {
  /// The first so many were accepted; the completions of the others are never called.
  package let accepted: Int
  /// `nil` if all were accepted.
  package let refusal: StoreError?

  package init(accepted: Int, refusal: StoreError?) {
    self.accepted = accepted
    self.refusal = refusal
  }
}

/// Where work waits for the threads that do it: bounded, first in, first out.
///
/// A submitter takes one lock and makes a system call only when a thread is asleep, so a busy
/// thread is fed without one.
final class Inbox<Item: Sendable>: Sendable {
  private struct State {
    var waiting: [Item] = []
    /// Threads that sleep and have not been signalled.
    var sleepers = 0
    /// Why nothing more is accepted, if so.
    var refusal: StoreError?
    var isClosed = false
  }

  private let capacity: Int
  private let state = Mutex(State())
  private let wakeUp = DispatchSemaphore(value: 0)

  init(capacity: Int) {
    self.capacity = capacity
  }

  func submit(_ item: Item) throws(StoreError) {
    let (refusal, wakes) = state.withLock { state -> (StoreError?, Bool) in
      if let refusal = state.refusal { return (refusal, false) }
      guard state.waiting.count < capacity else { return (.overloaded, false) }
      state.waiting.append(item)
      guard state.sleepers > 0 else { return (nil, false) }
      state.sleepers -= 1
      return (nil, true)
    }
    if wakes { wakeUp.signal() }
    if let refusal { throw refusal }
  }

  func submit(contentsOf items: [Item]) -> Admission {
    let (admission, wakes) = state.withLock { state -> (Admission, Int) in
      if let refusal = state.refusal { return (Admission(accepted: 0, refusal: refusal), 0) }
      let accepted = min(items.count, capacity - state.waiting.count)
      state.waiting.append(contentsOf: items.prefix(accepted))
      let wakes = min(state.sleepers, accepted)
      state.sleepers -= wakes
      let refusal: StoreError? = accepted < items.count ? .overloaded : nil
      return (Admission(accepted: accepted, refusal: refusal), wakes)
    }
    for _ in 0..<wakes { wakeUp.signal() }
    return admission
  }

  /// The next items, waiting until there is one; `nil` when the inbox is closed and empty.
  /// With several consumers each takes its share, so that one does not starve beside a full hand.
  func take(atMost limit: Int, consumers: Int = 1) -> [Item]? {
    while true {
      let (items, isOver) = state.withLock { state -> ([Item], Bool) in
        if state.waiting.isEmpty {
          if !state.isClosed { state.sleepers += 1 }
          return ([], state.isClosed)
        }
        let share = (state.waiting.count + consumers - 1) / consumers
        let count = min(limit, share)
        if count == state.waiting.count {
          defer { state.waiting = [] }
          return (state.waiting, false)
        }
        defer { state.waiting.removeFirst(count) }
        return (Array(state.waiting.prefix(count)), false)
      }
      if !items.isEmpty { return items }
      if isOver { return nil }
      wakeUp.wait()
    }
  }

  /// Refuses everything from now on; what waits stays to be taken.
  func refuse(_ error: StoreError) {
    state.withLock { state in
      if state.refusal == nil { state.refusal = error }
    }
  }

  /// Refuses everything from now on and lets the consumers end when the rest is done.
  func close() {
    let wakes = state.withLock { state -> Int in
      state.isClosed = true
      state.refusal = .closed
      defer { state.sleepers = 0 }
      return state.sleepers
    }
    for _ in 0..<wakes { wakeUp.signal() }
  }

  var waitingCount: Int {
    state.withLock { $0.waiting.count }
  }
}
