import SignalboxCore
import SignalboxStore
import SignalboxTLS
import Synchronization

/// The tokens that are good, in memory: admission of a call asks nobody else.
///
/// Filled when the server starts and kept up by the calls that change tokens, after their commit.
final class TokenDirectory: Sendable {
  struct Entry: Sendable {
    var secretHash: [UInt8]
    var principal: Principal
  }

  private struct Name: Hashable {
    var tenant: TenantID
    var token: TokenID
  }

  private struct State {
    var entries: [Name: Entry] = [:]
    /// What was revoked stays so, in whichever order the loops hear of it.
    var revoked: Set<Name> = []
    /// Raised by each revocation, so that connections know that they must ask again.
    var generation: UInt64 = 0
  }

  private let state = Mutex(State())
  /// Compared with when there is no such token, so that a guess takes the same time either way.
  private static let nobody = [UInt8](repeating: 0, count: 32)

  init() {}

  func load(_ credentials: [PeopleQueries.Credential]) {
    for credential in credentials { add(credential) }
  }

  func add(_ credential: PeopleQueries.Credential) {
    let token = credential.token
    let principal = Principal(
      tenant: credential.tenant, role: token.role, person: token.person, handle: credential.handle,
      tokenTenant: credential.tenant, token: token.id, tokenName: token.name)
    let name = Name(tenant: credential.tenant, token: token.id)
    state.withLock {
      guard !$0.revoked.contains(name) else { return }
      $0.entries[name] = Entry(secretHash: credential.secretHash, principal: principal)
    }
  }

  func remove(_ token: TokenID, of tenant: TenantID) {
    let name = Name(tenant: tenant, token: token)
    state.withLock {
      $0.entries[name] = nil
      $0.revoked.insert(name)
      $0.generation += 1
    }
  }

  var generation: UInt64 { state.withLock { $0.generation } }

  /// Whether a token that was good when a connection began still is.
  func isGood(_ principal: Principal) -> Bool {
    state.withLock { $0.entries[Name(tenant: principal.tokenTenant, token: principal.token)] != nil }
  }

  /// Who shows this token; nil for one that is malformed, unknown, revoked or wrong.
  func principal(showing text: String) -> Principal? {
    guard let token = BearerToken(text) else { return nil }
    let entry = state.withLock { $0.entries[Name(tenant: token.tenant, token: token.token)] }
    let matches = constantTimeEqual(token.secretHash, entry?.secretHash ?? Self.nobody)
    return matches ? entry?.principal : nil
  }
}
