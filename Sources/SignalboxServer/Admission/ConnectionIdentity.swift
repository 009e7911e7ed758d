import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxTLS
import SignalboxWire

/// Who speaks on one connection, and from where.
struct ConnectionIdentity {
  /// The connection's own token is noted so seldom, so that a call costs no more for it.
  private static let millisecondsBetweenNotes: Int64 = 60_000

  /// By the verified certificate, if one was shown.
  var peer: PeerIdentity?
  private let server: ServerContext
  private var identity: Identity?
  private var source = ConnectionSource(nil)
  /// Where calls with the connection's own identity come from, as the audit has it.
  private var ownSource = ""
  /// The tokens' generation at which the identity was last found good.
  private var generation: UInt64 = 0
  private var notedUse: Timestamp?

  init(_ server: ServerContext) {
    self.server = server
  }

  /// Of whom HELLO named.
  var tenant: TenantID? { identity?.principal.tokenTenant }

  mutating func connected(from remote: SocketAddress?) {
    source = ConnectionSource(remote)
  }

  /// What HELLO says: its token, or for want of one the certificate. One that no token stands for names nobody.
  mutating func greet(_ hello: Hello) throws(Refusal) {
    let now = server.clock.now()
    generation = server.tokens.generation(at: now)
    if hello.token.isEmpty {
      identity = peer.flatMap { server.tokens.identity(showing: CertificateName($0), at: now) }
    } else {
      identity = try server.admission.identity(showing: hello.token, from: &source, at: now)
    }
    ownSource = source.text(of: identity)
  }

  /// In whose name a call runs.
  mutating func admit(_ header: CallHeader, to method: Method, at now: Timestamp) throws(Refusal) -> CallContext {
    let caller = try server.admission.identity(
      for: header, method: method, connection: identity, from: &source, at: now)
    let isOwn = caller?.name == identity?.name
    if let caller { noteUse(of: caller, isOwn: isOwn, at: now) }
    return CallContext(
      server: server, identity: caller, method: method, source: isOwn ? ownSource : source.text(of: caller), now: now)
  }

  /// Whether the one whom HELLO named is still accepted; nobody always is. Asks no further than the generation while
  /// that stays the same.
  mutating func isAccepted(at now: Timestamp) -> Bool {
    guard let identity else { return true }
    let current = server.tokens.generation(at: now)
    guard current != generation else { return true }
    guard server.tokens.isGood(identity, at: now) else { return false }
    generation = current
    return true
  }

  private mutating func noteUse(of caller: Identity, isOwn: Bool, at now: Timestamp) {
    if isOwn {
      if let notedUse, notedUse <= now, now.milliseconds - notedUse.milliseconds < Self.millisecondsBetweenNotes {
        return
      }
      notedUse = now
    }
    server.tokens.noteUse(caller.name, at: now)
  }
}
