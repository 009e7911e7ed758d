import SignalboxCore
import Synchronization

/// How many connections each tenant has open, how many of its calls that take long are being answered, how many replays it
/// runs, and how many watches each token has, over all event loops. Who has none is forgotten.
final class Occupancy: Sendable {
  enum Seat: Hashable {
    case connection(TenantID)
    case watch(TokenName)
    case unhurriedCall(TenantID)
    case replay(TenantID)
  }

  private let taken = Mutex<[Seat: Int]>([:])

  /// False, and nothing is taken, where as many are taken as there may be.
  func take(_ seat: Seat, atMost limit: Int) -> Bool {
    taken.withLock { taken in
      let count = taken[seat] ?? 0
      guard count < limit else { return false }
      taken[seat] = count + 1
      return true
    }
  }

  /// Of one that was taken.
  func leave(_ seat: Seat) {
    taken.withLock { taken in
      let count = (taken[seat] ?? 1) - 1
      taken[seat] = count > 0 ? count : nil
    }
  }

  func count(_ seat: Seat) -> Int { taken.withLock { $0[seat] ?? 0 } }
}
