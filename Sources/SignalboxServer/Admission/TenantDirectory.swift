import SignalboxCore
import Synchronization

/// Names of tenants, for system admins who name the one they mean.
final class TenantDirectory: Sendable {
  private struct State {
    var ids: [String: TenantID] = [:]
    var names: [TenantID: String] = [:]
  }

  private let state = Mutex(State())

  func add(_ name: String, _ id: TenantID) {
    state.withLock {
      $0.ids[name] = id
      $0.names[id] = name
    }
  }

  func id(named name: String) -> TenantID? {
    state.withLock { $0.ids[name] }
  }

  func name(of id: TenantID) -> String? {
    state.withLock { $0.names[id] }
  }
}
