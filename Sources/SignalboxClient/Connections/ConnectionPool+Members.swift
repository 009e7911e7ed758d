import NIOCore
import Synchronization

/// What becomes of connections.
extension ConnectionPool {
  /// A connection that is about to be made; nil once the pool has stopped.
  func begin(on loop: any EventLoop) -> ConnectionHandle? {
    let handle = ConnectionHandle(eventLoop: loop)
    return state.withLock { state in
      guard case .running = state.phase else { return nil }
      state.all[ObjectIdentifier(handle)] = handle
      state.connecting += 1
      return handle
    }
  }

  /// Frames can go: calls too, the server's HELLO need not be there.
  func started(_ handle: ConnectionHandle) {
    serve { state in
      guard state.all[ObjectIdentifier(handle)] != nil else { return }
      state.connecting -= 1
      state.members.append(Member(handle: handle))
    }
  }

  /// The server's HELLO says how many calls it takes at the same time.
  func sawHello(_ handle: ConnectionHandle, capacity: Int) {
    serve { state in
      state.hasConnected = true
      state.lastFailure = nil
      guard let index = state.members.firstIndex(where: { $0.handle === handle }) else { return }
      state.members[index].capacity = min(ClientLimits.callsPerConnection, capacity)
    }
  }

  /// It takes no more calls.
  func leaving(_ handle: ConnectionHandle) {
    state.withLock { state in state.members.removeAll { $0.handle === handle } }
  }

  /// It is over.
  func ended(_ handle: ConnectionHandle) {
    leaving(handle)
    state.withLock { state in _ = state.all.removeValue(forKey: ObjectIdentifier(handle)) }
  }

  /// It never carried a frame.
  func notStarted(_ handle: ConnectionHandle) {
    state.withLock { state in state.connecting -= 1 }
    ended(handle)
  }

  /// Connecting failed, or led to nothing. Whoever waits is told if waiting on has no point: when no server was ever
  /// there, or when the next attempt will fail for the same reason.
  func failed(_ ending: ConnectionEnding) {
    failWaiters(ending.error) { state in
      state.lastFailure = ending.error
      return state.members.isEmpty && state.connecting == 0 && (!state.hasConnected || ending.isFatal)
    }
  }

  /// False if it was begun before.
  func run() -> Bool {
    state.withLock { state in
      guard case .idle = state.phase else { return false }
      state.phase = .running
      return true
    }
  }

  /// Begins nothing more, and tells every connection to leave or to close.
  func stop(_ order: ConnectionHandle.Order, _ error: ClientError = .stopped) {
    failWaiters(error) { state in
      if case .stopped = state.phase { return true }
      state.phase = .stopped(error)
      return true
    }
    let handles = state.withLock { state in
      state.members = []
      return Array(state.all.values)
    }
    for handle in handles { handle.stop(order) }
    stopped.fulfil(())
  }
}
