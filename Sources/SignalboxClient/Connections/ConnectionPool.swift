import NIOCore
import SignalboxWire
import Synchronization

/// The connections that take calls, how busy each is, and who waits for room.
///
/// Safe from any thread. Event loops tell it what becomes of connections; tasks take a place on one with `acquire` and
/// give it back with `release`.
final class ConnectionPool: Sendable {
  enum Phase {
    /// `run` has not begun. Calls wait.
    case idle
    case running
    /// Nothing begins any more; why, for whoever asks.
    case stopped(ClientError)
  }

  struct Member {
    let handle: ConnectionHandle
    var capacity = ClientLimits.callsPerConnection
    var load = 0
  }

  struct Waiter {
    let id: UInt64
    let isWatch: Bool
    let place: Signal<Result<ConnectionHandle, any Error>>
  }

  struct State {
    var phase = Phase.idle
    /// Connections that take calls.
    var members: [Member] = []
    /// Every connection that has begun and not ended.
    var all: [ObjectIdentifier: ConnectionHandle] = [:]
    var connecting = 0
    /// A server was there once, so that waiting for it makes sense.
    var hasConnected = false
    var lastFailure: ClientError?
    var watches = 0
    /// First come, first served.
    var waiters = CircularBuffer<Waiter>()
    var nextWaiter: UInt64 = 0
  }

  let state = Mutex(State())
  /// `stop` was called.
  let stopped = Signal<Void>()
  let clock: ClientClock
  private let watchLimit: Int

  init(connections: Int, clock: ClientClock) {
    self.clock = clock
    watchLimit = connections * ClientLimits.watchesPerConnection
  }

  private enum Found {
    case place(ConnectionHandle)
    case wait(UInt64, Signal<Result<ConnectionHandle, any Error>>)
    case failure(ClientError)
  }

  /// A place on the least busy connection. Waits in order if there is none, until `deadline` or cancellation. Each
  /// place must be given back by `release`.
  func acquire(isWatch: Bool = false, until deadline: WireInstant) async throws -> ConnectionHandle {
    try Task.checkCancellation()
    switch state.withLock({ find(&$0, isWatch: isWatch) }) {
    case .place(let handle): return handle
    case .failure(let error): throw error
    case .wait(let id, let place):
      let disarm = deadline == .never ? nil : clock.alarm(deadline) { self.expire(id) }
      defer { disarm?() }
      return try await withTaskCancellationHandler {
        try await place.value.get()
      } onCancel: {
        drop(id, CancellationError())
      }
    }
  }

  private func find(_ state: inout State, isWatch: Bool) -> Found {
    if case .stopped(let error) = state.phase { return .failure(error) }
    if isWatch, state.watches >= watchLimit {
      return .failure(
        ClientError(
          code: .resourceExhausted, reason: .tooManyWatches,
          message: "\(watchLimit) watches are open; end one, or allow more connections"))
    }
    if state.waiters.isEmpty, let handle = leastBusy(&state) {
      if isWatch { state.watches += 1 }
      return .place(handle)
    }
    guard state.waiters.count < ClientLimits.waitingCalls else {
      return .failure(
        ClientError(
          code: .resourceExhausted, reason: .overloaded,
          message: "\(ClientLimits.waitingCalls) calls wait already; let some end first, or allow more connections"))
    }
    if isWatch { state.watches += 1 }
    let waiter = Waiter(id: state.nextWaiter, isWatch: isWatch, place: Signal())
    state.nextWaiter += 1
    state.waiters.append(waiter)
    return .wait(waiter.id, waiter.place)
  }

  /// Takes a place; nil if every connection is full.
  private func leastBusy(_ state: inout State) -> ConnectionHandle? {
    var best: Int?
    for index in state.members.indices where state.members[index].load < state.members[index].capacity {
      if let found = best, state.members[found].load <= state.members[index].load { continue }
      best = index
    }
    guard let best else { return nil }
    state.members[best].load += 1
    return state.members[best].handle
  }

  /// Gives a place back. Of a connection that takes no calls any more, places are not counted.
  func release(_ handle: ConnectionHandle, isWatch: Bool = false) {
    serve { state in
      if isWatch { state.watches -= 1 }
      if let index = state.members.firstIndex(where: { $0.handle === handle }) { state.members[index].load -= 1 }
    }
  }

  /// Changes the state, and gives waiters the room there is after it.
  func serve(_ change: (inout State) -> Void) {
    let served = state.withLock { state in
      change(&state)
      var served: [(Waiter, ConnectionHandle)] = []
      while !state.waiters.isEmpty, let handle = leastBusy(&state) {
        served.append((state.waiters.removeFirst(), handle))
      }
      return served
    }
    for (waiter, handle) in served { waiter.place.fulfil(.success(handle)) }
  }

  private func expire(_ id: UInt64) {
    let error = state.withLock { state in
      if case .idle = state.phase {
        return ClientError(code: .unavailable, message: "the client does not run; call run() or use withClient")
      }
      return state.members.isEmpty ? state.lastFailure ?? .outOfTime : .outOfTime
    }
    drop(id, error)
  }

  /// Ends a wait. Does nothing if it has ended.
  private func drop(_ id: UInt64, _ error: any Error) {
    let waiter = state.withLock { state -> Waiter? in
      guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
      let waiter = state.waiters.remove(at: index)
      if waiter.isWatch { state.watches -= 1 }
      return waiter
    }
    waiter?.place.fulfil(.failure(error))
  }

  /// Ends all waits.
  func failWaiters(_ error: ClientError, _ condition: (inout State) -> Bool) {
    let waiters = state.withLock { state -> CircularBuffer<Waiter> in
      guard condition(&state) else { return [] }
      state.watches -= state.waiters.count { $0.isWatch }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.place.fulfil(.failure(error)) }
  }
}
