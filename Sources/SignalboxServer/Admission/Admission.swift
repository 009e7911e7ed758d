import Logging
import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxWire

/// Decides whether a call may run at all and in whose name, before its request is looked at.
struct CallAdmission {
  let tokens: TokenDirectory
  let tenants: TenantDirectory
  let throttle: AuthenticationThrottle
  let logger: Logger

  /// - Parameters:
  ///   - connection: Who the connection's HELLO, or its certificate, said it is.
  ///   - source: Where the connection comes from; learns which tokens are good there.
  /// - Returns: Nil where the method asks for nobody and nobody is there.
  func identity(
    for header: CallHeader, method: Method, connection: Identity?, from source: inout ConnectionSource,
    at now: Timestamp
  ) throws(Refusal) -> Identity? {
    var identity = connection
    var tenantName: String?
    for entry in header.metadata {
      switch entry.key {
      case "authorization": identity = try bearer(entry.value, from: &source, at: now)
      case "tenant": tenantName = entry.value
      default: continue
      }
    }
    guard var identity else {
      guard method.caller == .anyone else {
        throw Refusal(
          .unauthenticated, "the call needs a token; send one in HELLO or in the metadata entry `authorization`")
      }
      return nil
    }
    if identity.principal.role == .systemAdmin {
      try choose(tenantName, for: &identity.principal, method: method)
    } else if let tenantName, tenants.name(of: identity.principal.tenant) != tenantName {
      // The same answer as for a tenant that does not exist.
      throw Refusal(.tenantNotFound, "no tenant `\(tenantName)` here")
    }
    try check(identity.principal, method)
    return identity
  }

  /// Who shows a token. The refusal is the same for whatever is not known, so that nothing can be learned from it.
  func identity(
    showing text: String, from source: inout ConnectionSource, at now: Timestamp
  ) throws(Refusal) -> Identity {
    let token = BearerToken(text)
    let isFamiliar = token.map { source.hasRecognized(TokenName(tenant: $0.tenant, token: $0.token)) } ?? false
    if !isFamiliar, let wait = throttle.wait(for: source.group, at: now) {
      var refusal = Refusal(
        .authenticationThrottled,
        "too many tokens from your address were refused; correct the token, then come back in \((wait + 999) / 1_000) s"
      )
      refusal.status.retryAfterMilliseconds = UInt32(clamping: wait)
      throw refusal
    }
    let why: String
    switch tokens.recognize(token, at: now) {
    case .good(let identity):
      source.note(identity.name)
      return identity
    case .expired: why = "the token has expired; ask an admin for a new one"
    case .replaced: why = "the token was given a newer secret; use that one"
    case .unknown: why = "the token is unknown or revoked; ask an admin for a new one"
    }
    if let count = throttle.failed(source.group, at: now) {
      logger.warning(
        "tokens refused", metadata: ["source": "\(source.address)", "since_last_line": "\(count)"])
    }
    throw Refusal(.unauthenticated, why)
  }

  private func bearer(
    _ value: String, from source: inout ConnectionSource, at now: Timestamp
  ) throws(Refusal) -> Identity {
    let scheme = "Bearer "
    return try identity(
      showing: value.hasPrefix(scheme) ? String(value.dropFirst(scheme.count)) : "", from: &source, at: now)
  }

  private func choose(_ tenant: String?, for principal: inout Principal, method: Method) throws(Refusal) {
    // What is decided in the system tenant is so whatever else is named.
    if method.caller == .systemAdmin { return }
    if let tenant {
      guard let id = tenants.id(named: tenant), id != .system else {
        throw Refusal(.tenantNotFound, "no tenant `\(tenant)` here")
      }
      principal.tenant = id
      // A person of the system tenant is nobody in another.
      principal.person = nil
      return
    }
    switch method {
    // The system tenant has tenants and system admins' tokens, the audit of both, and nothing else.
    case .createToken, .listTokens, .revokeToken, .rotateToken, .exportAudit, .ping, .describe: return
    default:
      throw Refusal(.tenantRequired, "a system admin names the tenant in the metadata entry `tenant`")
    }
  }

  private func check(_ principal: Principal, _ method: Method) throws(Refusal) {
    // Who administers a tenant follows from its grants, which are read in the call's own transaction.
    guard method.caller != .systemAdmin || principal.role == .systemAdmin else {
      throw Refusal(
        .notPermitted, "\(method.path) is for a system admin; this token is of role `\(principal.role.rawValue)`")
    }
  }
}
