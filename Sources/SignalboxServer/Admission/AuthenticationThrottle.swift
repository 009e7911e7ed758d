import NIOCore
package import SignalboxCore
import Synchronization

/// Counts refused tokens by the address they come from. Where there were too many, tokens are not looked at for the
/// rest of the window: guessing gets slow, and a program that goes on with a bad token costs next to nothing.
package final class AuthenticationThrottle: Sendable {
  package struct Limits: Sendable {
    /// Refused tokens from one address in a window; further ones are not looked at.
    package var failuresPerSource = 20
    package var windowMilliseconds: Int64 = 60_000
    /// Addresses that are remembered; the one whose window began first is forgotten for a new one.
    package var sources = 4_096
    /// Of the log's lines about refused tokens.
    package var millisecondsBetweenLines: Int64 = 1_000

    package init() {}
  }

  package struct Counts: Sendable, Equatable {
    /// Tokens that were looked at and refused.
    package var failures: UInt64 = 0
    /// Tokens that were not looked at.
    package var throttled: UInt64 = 0
  }

  private struct Window {
    var begin: Timestamp
    var failures: Int
  }

  private struct State {
    var windows: [String: Window] = [:]
    var counts = Counts()
    var lastLine: Timestamp?
    var sinceLine = 0
  }

  private let limits: Limits
  private let state = Mutex(State())

  package init(_ limits: Limits = Limits()) {
    self.limits = limits
  }

  package var counts: Counts { state.withLock { $0.counts } }

  /// Nil where a token from there may be looked at, else how long it may not, in milliseconds.
  package func wait(for source: String, at now: Timestamp) -> Int64? {
    state.withLock { state in
      guard let window = state.windows[source], window.failures >= limits.failuresPerSource,
        let left = left(of: window, at: now)
      else { return nil }
      state.counts.throttled += 1
      return left
    }
  }

  /// A token from there was refused.
  ///
  /// - Returns: How many were since the log's last line about it; nil while it is too early for the next line.
  package func failed(_ source: String, at now: Timestamp) -> Int? {
    state.withLock { state in
      state.counts.failures += 1
      if var window = state.windows[source], left(of: window, at: now) != nil {
        window.failures += 1
        state.windows[source] = window
      } else {
        makeRoom(in: &state)
        state.windows[source] = Window(begin: now, failures: 1)
      }
      state.sinceLine += 1
      // A clock that was put back must not silence the log.
      if let last = state.lastLine, last <= now, now.milliseconds - last.milliseconds < limits.millisecondsBetweenLines
      {
        return nil
      }
      state.lastLine = now
      defer { state.sinceLine = 0 }
      return state.sinceLine
    }
  }

  /// Nil when the window is over, or begins after now because the clock was put back.
  private func left(of window: Window, at now: Timestamp) -> Int64? {
    let passed = now.milliseconds - window.begin.milliseconds
    return passed >= 0 && passed < limits.windowMilliseconds ? limits.windowMilliseconds - passed : nil
  }

  /// The search costs less than the handshake that each new address has to make first.
  private func makeRoom(in state: inout State) {
    guard state.windows.count >= limits.sources,
      let oldest = state.windows.min(by: { $0.value.begin < $1.value.begin })?.key
    else { return }
    state.windows[oldest] = nil
  }
}

/// Where a connection comes from.
struct ConnectionSource {
  /// The address without the port, as the log and the audit show it.
  let address: String
  /// What failures are counted by: of an IPv6 address the first half, since its owner has all of the rest.
  let group: String
  /// Tokens that were recognized on this connection: they are looked at even while others are not.
  private var recognized: Set<TokenName> = []

  private static let mostRecognized = 16

  init(_ remote: SocketAddress?) {
    address = remote?.ipAddress ?? "local"
    switch remote {
    case .v6(let v6) where !address.hasPrefix("::ffff:"):
      // Behind family, port and flow, which are 8 bytes.
      group = withUnsafeBytes(of: v6.address) { bytes in
        bytes.dropFirst(8).prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
      }
    default: group = address
    }
  }

  /// The address and by what somebody was recognized.
  func text(of identity: Identity?) -> String {
    identity.map { "\(address) \($0.credential)" } ?? address
  }

  func hasRecognized(_ token: TokenName) -> Bool { recognized.contains(token) }

  mutating func note(_ token: TokenName) {
    if recognized.count < Self.mostRecognized { recognized.insert(token) }
  }
}
