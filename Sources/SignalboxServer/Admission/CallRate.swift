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

/// The rates of everybody who calls, as many as there are tenants and tokens.
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

  private let rates = Mutex<[Payer: CallRate]>([:])

  func rate(of payer: Payer, callsPerSecond: Int) -> CallRate {
    rates.withLock { rates in
      if let rate = rates[payer] { return rate }
      let rate = CallRate(callsPerSecond: callsPerSecond)
      rates[payer] = rate
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
    let rate = known[payer] ?? rates.rate(of: payer, callsPerSecond: callsPerSecond)
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
