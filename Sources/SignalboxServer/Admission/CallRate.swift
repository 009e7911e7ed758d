import NIOCore
import SignalboxCore
import SignalboxProtocol
import Synchronization

/// How fast the calls of one tenant or token may come: so many a second on the average, and as many at once after a
/// pause of a second. Shared by all event loops without a lock.
///
/// Kept as one instant, that at which all calls so far would have come at the permitted pace (the generic cell rate
/// algorithm); it may lie a second ahead, no more.
final class CallRate: Sendable {
  private static let burst: UInt64 = 1_000_000_000
  /// Another loop was quicker so many times in a row; the call is let through uncounted.
  private static let attempts = 16

  private let interval: UInt64
  private let paced = Atomic<UInt64>(0)

  /// - Parameter callsPerSecond: at least 1.
  init(callsPerSecond: Int) {
    interval = Self.burst / UInt64(max(1, callsPerSecond))
  }

  /// Nobody has called for so long that a new one would do the same.
  func isIdle(at now: NIODeadline) -> Bool { paced.load(ordering: .relaxed) <= now.uptimeNanoseconds }

  /// Nil when the call may go on, else the nanoseconds after which it may.
  func admit(at now: NIODeadline) -> UInt64? {
    let now = now.uptimeNanoseconds
    var seen = paced.load(ordering: .relaxed)
    for _ in 0..<Self.attempts {
      let next = max(seen, now) + interval
      if next > now + Self.burst { return next - now - Self.burst }
      let (exchanged, current) = paced.compareExchange(expected: seen, desired: next, ordering: .relaxed)
      if exchanged { return nil }
      seen = current
    }
    return nil
  }
}

/// The rates of everybody who calls. Those who have not called for a while are forgotten when there are many.
final class CallRates: Sendable {
  enum Payer: Hashable {
    case tenant(TenantID)
    case token(tenant: TenantID, TokenID)

    /// As Describe and refusals name it.
    var limit: String {
      switch self {
      case .tenant: "calls_per_second_of_tenant"
      case .token: "calls_per_second_of_token"
      }
    }
  }

  private struct State {
    var rates: [Payer: CallRate] = [:]
    /// How many there may be before the idle ones are looked for again.
    var most: Int
  }

  private let most: Int
  private let state: Mutex<State>
  /// Raised when some were forgotten, so that the loops forget them too.
  private let sweeps = Atomic<UInt64>(0)

  /// - Parameter most: so many are kept without looking for idle ones.
  init(most: Int = 8_192) {
    self.most = most
    state = Mutex(State(most: most))
  }

  var generation: UInt64 { sweeps.load(ordering: .relaxed) }

  var count: Int { state.withLock { $0.rates.count } }

  func rate(of payer: Payer, callsPerSecond: Int, at now: NIODeadline) -> CallRate {
    state.withLock { state in
      if let rate = state.rates[payer] { return rate }
      if state.rates.count >= state.most {
        state.rates = state.rates.filter { !$0.value.isIdle(at: now) }
        // Where most of them call, looking at all of them for each new one would cost more than keeping them.
        state.most = max(most, state.rates.count * 2)
        sweeps.add(1, ordering: .relaxed)
      }
      let rate = CallRate(callsPerSecond: callsPerSecond)
      state.rates[payer] = rate
      return rate
    }
  }
}

/// One event loop's way to the rates: it asks for each once.
struct CallRateGate {
  private let rates: CallRates
  private let perTenant: Int
  private let perToken: Int
  private var known: [CallRates.Payer: CallRate] = [:]
  private var generation: UInt64 = 0

  init(_ rates: CallRates, _ limits: ServerLimits) {
    self.rates = rates
    perTenant = limits.callsPerSecondPerTenant
    perToken = limits.callsPerSecondPerToken
  }

  /// Throws with the limit that was met and when to come again; nothing was done then.
  mutating func admit(_ principal: Principal, at now: NIODeadline) throws(Refusal) {
    if perToken > 0 {
      try admit(.token(tenant: principal.tokenTenant, principal.token), perToken, at: now)
    }
    if perTenant > 0 { try admit(.tenant(principal.tenant), perTenant, at: now) }
  }

  private mutating func admit(
    _ payer: CallRates.Payer, _ callsPerSecond: Int, at now: NIODeadline
  ) throws(Refusal) {
    let current = rates.generation
    if current != generation {
      generation = current
      known = [:]
    }
    let rate = known[payer] ?? rates.rate(of: payer, callsPerSecond: callsPerSecond, at: now)
    known[payer] = rate
    guard let wait = rate.admit(at: now) else { return }
    let who =
      switch payer {
      case .tenant: "the tenant makes"
      case .token: "the token makes"
      }
    throw Refusal(
      .rateLimited, "\(who) more than \(callsPerSecond) calls a second; come again when you are told",
      limit: payer.limit, retryAfterMilliseconds: UInt32(clamping: wait / 1_000_000 + 1))
  }
}
