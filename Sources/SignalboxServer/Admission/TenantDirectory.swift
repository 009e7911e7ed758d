import SignalboxCore
import Synchronization

/// Names of tenants, for system admins who name the one they mean, and quotas of those that have their own, for what is
/// counted outside of the store.
final class TenantDirectory: Sendable {
  private struct State {
    var ids: [String: TenantID] = [:]
    var names: [TenantID: String] = [:]
    var quotas: [TenantID: (Quotas, as: Revision)] = [:]
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

  /// - Parameter revision: The tenant's, of the change: the loops may hear of two changes in any order.
  func set(_ quotas: Quotas, of tenant: TenantID, as revision: Revision) {
    state.withLock { state in
      guard state.quotas[tenant].map({ $0.as < revision }) ?? true else { return }
      state.quotas[tenant] = (quotas, revision)
    }
  }

  /// Empty where none are set for the tenant.
  func quotas(of tenant: TenantID) -> Quotas {
    state.withLock { $0.quotas[tenant]?.0 } ?? Quotas()
  }
}
