import SignalboxCore
import SignalboxStore
import SignalboxTLS
import Synchronization

/// The tokens that were not revoked, in memory: admission of a call asks nobody else.
///
/// Filled when the server starts and kept up by the calls that change tokens, after their commit. When tokens were last
/// used is known here first, and written behind the traffic: see `Housekeeping`.
final class TokenDirectory: Sendable {
  enum Recognition {
    case good(Identity)
    /// The secret is right and its time is over; only its holder learns that.
    case expired
    /// The secret was right before the last rotation.
    case replaced
    /// Malformed, unknown, revoked or wrong.
    case unknown
  }

  private struct Entry {
    var credential: TokenQueries.Credential
    var principal: Principal
    /// The tenant's, of the change that made it so: the loops may hear of two changes in any order.
    var revision: Revision

    func isExpired(at now: Timestamp) -> Bool { credential.token.isExpired(at: now) }

    func hasOldSecret(at now: Timestamp) -> Bool {
      credential.token.oldSecretUntil.map { now < $0 } ?? false
    }

    /// Instants from which on somebody is no longer accepted.
    var ends: [Timestamp] { [credential.token.expiresAt, credential.token.oldSecretUntil].compactMap(\.self) }
  }

  private struct State {
    var entries: [TokenName: Entry] = [:]
    var certificates: [CertificateName: TokenName] = [:]
    /// What was revoked stays so, in whichever order the loops hear of it: as long as some loop may not have heard all
    /// yet, however many a document revokes. What is older is forgotten with the next one.
    var revoked: Set<TokenName> = []
    var revokedBefore: Set<TokenName> = []
    /// Since when the newer ones are kept.
    var revokedSince: ContinuousClock.Instant?
    /// Raised whenever somebody ceases to be accepted, so that connections know that they must ask again.
    var generation: UInt64 = 0
    /// When they cease to be by the clock alone; also ends that tokens had which are gone or were rotated since.
    var ends = TokenEnds()
    var unwrittenUses: Set<TokenName> = []

    mutating func addEnds(of name: TokenName, after now: Timestamp) {
      for instant in entries[name]?.ends ?? [] where instant > now { ends.add(.init(instant: instant, token: name)) }
    }
  }

  /// How long a revocation is remembered at least, and at most twice as long where more follow. Loops hear of a commit
  /// within milliseconds.
  static let revokedLasts = Duration.seconds(60)
  /// Ends that one call looks at; what is left, the next ones do.
  static let endsPerLook = 64
  /// Ends kept for each token, of which at most two hold, and beside these. When there are more, those that hold are
  /// found anew.
  static let endsPerToken = 4
  static let fewEnds = 1_024
  private let state = Mutex(State())
  /// Compared with when there is no such secret, so that a guess takes the same time either way.
  private static let nobody = [UInt8](repeating: 0, count: 32)

  init() {}

  func load(_ credentials: [TokenQueries.Credential], at now: Timestamp) {
    for credential in credentials { put(credential, as: Revision(0), at: now) }
  }

  /// A token that is new, or was rotated.
  ///
  /// - Parameter revision: The tenant's, of the change.
  func put(_ credential: TokenQueries.Credential, as revision: Revision, at now: Timestamp) {
    let token = credential.token
    let principal = Principal(
      tenant: credential.tenant, role: token.role, person: token.person, handle: credential.handle,
      tokenTenant: credential.tenant, token: token.id, tokenName: token.name, queueScope: token.queueScope,
      verbs: token.verbs)
    let name = TokenName(tenant: credential.tenant, token: token.id)
    state.withLock { state in
      guard !state.revoked.contains(name), !state.revokedBefore.contains(name) else { return }
      var credential = credential
      if let known = state.entries[name] {
        guard known.revision < revision else { return }
        credential.token.lastUsedAt = known.credential.token.lastUsedAt
        // The secret from before the rotation that came before is cut off.
        state.generation += 1
      }
      let entry = Entry(credential: credential, principal: principal, revision: revision)
      state.entries[name] = entry
      if let certificate = token.certificate { state.certificates[certificate] = name }
      state.addEnds(of: name, after: now)
      guard state.ends.count > Self.fewEnds + Self.endsPerToken * state.entries.count else { return }
      // What has passed and nobody heard of yet stays told.
      if let next = state.ends.next, next <= now { state.generation += 1 }
      state.ends = TokenEnds()
      for name in state.entries.keys { state.addEnds(of: name, after: now) }
    }
  }

  /// Ends that are kept in memory.
  var endCount: Int { state.withLock { $0.ends.count } }

  /// - Parameter instant: Not the time of day, which may be put forward: for how long it is remembered.
  func remove(_ token: TokenID, of tenant: TenantID, at instant: ContinuousClock.Instant = .now) {
    let name = TokenName(tenant: tenant, token: token)
    state.withLock { state in
      // Its certificate may stand for a newer token by now.
      if let certificate = state.entries[name]?.credential.token.certificate, state.certificates[certificate] == name {
        state.certificates[certificate] = nil
      }
      state.entries[name] = nil
      state.unwrittenUses.remove(name)
      if let since = state.revokedSince, since.duration(to: instant) < Self.revokedLasts {
        state.revoked.insert(name)
      } else {
        (state.revokedBefore, state.revoked, state.revokedSince) = (state.revoked, [name], instant)
      }
      state.generation += 1
    }
  }

  /// Another number than before means that somebody is no longer accepted: revoked, expired, or rotated away.
  func generation(at now: Timestamp) -> UInt64 {
    state.withLock { state in
      var hasEnded = false
      for _ in 0..<Self.endsPerLook {
        guard let end = state.ends.takeNext(at: now) else { break }
        // The token may be gone, or have been rotated since.
        if state.entries[end.token]?.ends.contains(end.instant) ?? false { hasEnded = true }
      }
      // What was not looked at yet is told of too: whoever asks again is judged by the clock, so for all of them.
      if let next = state.ends.next, next <= now { hasEnded = true }
      if hasEnded { state.generation += 1 }
      return state.generation
    }
  }

  /// Whether what was shown when a connection or a call began is still good.
  func isGood(_ identity: Identity, at now: Timestamp) -> Bool {
    guard let entry = state.withLock({ $0.entries[identity.name] }), !entry.isExpired(at: now) else { return false }
    guard let hash = identity.secretHash else { return entry.credential.token.certificate == identity.certificate }
    let (isCurrent, isOld) = Self.compare(hash, entry.credential)
    return isCurrent || (isOld && entry.hasOldSecret(at: now))
  }

  /// Who shows this token.
  func recognize(_ token: BearerToken?, at now: Timestamp) -> Recognition {
    guard let token else { return .unknown }
    let entry = state.withLock { $0.entries[TokenName(tenant: token.tenant, token: token.token)] }
    let hash = token.secretHash
    let (isCurrent, isOld) = Self.compare(hash, entry?.credential)
    guard let entry, isCurrent || isOld else { return .unknown }
    if entry.isExpired(at: now) { return .expired }
    guard isCurrent || entry.hasOldSecret(at: now) else { return .replaced }
    return .good(Identity(principal: entry.principal, secretHash: hash, certificate: nil))
  }

  /// Who shows a verified certificate with this name; nil when no token stands for it, or only one that has expired.
  func identity(showing certificate: CertificateName, at now: Timestamp) -> Identity? {
    state.withLock { state in
      guard let name = state.certificates[certificate], let entry = state.entries[name], !entry.isExpired(at: now)
      else { return nil }
      return Identity(principal: entry.principal, secretHash: nil, certificate: certificate)
    }
  }

  /// Both comparisons are made in any case and take the same time whatever is shown.
  private static func compare(
    _ hash: [UInt8], _ credential: TokenQueries.Credential?
  ) -> (isCurrent: Bool, isOld: Bool) {
    let isCurrent = constantTimeEqual(hash, credential?.secretHash ?? nobody)
    let isOld = constantTimeEqual(hash, credential?.oldSecretHash ?? nobody)
    return (isCurrent && credential != nil, isOld && credential?.oldSecretHash != nil)
  }

  // MARK: Last use

  /// Notes that a token was used. Callers need not say so more than once a minute.
  func noteUse(_ name: TokenName, at now: Timestamp) {
    state.withLock { state in
      guard state.entries[name]?.credential.token.lastUsedAt.map({ $0 < now }) ?? true else { return }
      guard state.entries[name] != nil else { return }
      state.entries[name]?.credential.token.lastUsedAt = now
      state.unwrittenUses.insert(name)
    }
  }

  func lastUse(of name: TokenName) -> Timestamp? {
    state.withLock { $0.entries[name]?.credential.token.lastUsedAt }
  }

  /// Uses that the store does not know of yet; the caller writes them. What it fails to write is lost.
  func takeUnwrittenUses(atMost limit: Int) -> [(name: TokenName, at: Timestamp)] {
    state.withLock { state in
      let names = state.unwrittenUses.prefix(limit)
      state.unwrittenUses.subtract(names)
      return names.compactMap { name in
        state.entries[name]?.credential.token.lastUsedAt.map { (name, $0) }
      }
    }
  }
}
