import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxWire

/// Decides whether a call may run at all and in whose name, before its request is looked at.
struct CallAdmission {
  let tokens: TokenDirectory
  let tenants: TenantDirectory

  /// - Parameter connection: who the connection's HELLO said it is.
  /// - Returns: Nil where the method asks for nobody and nobody is there.
  func principal(
    for header: CallHeader, method: Method, connection: Principal?
  ) throws(Refusal) -> Principal? {
    var principal = connection
    var tenantName: String?
    for entry in header.metadata {
      switch entry.key {
      case "authorization": principal = try bearer(entry.value)
      case "tenant": tenantName = entry.value
      default: continue
      }
    }
    guard var principal else {
      guard method.caller == .anyone else {
        throw Refusal(
          .unauthenticated, "the call needs a token; send one in HELLO or in the metadata entry `authorization`")
      }
      return nil
    }
    if principal.role == .systemAdmin {
      try choose(tenantName, for: &principal, method: method)
    } else if let tenantName, tenants.name(of: principal.tenant) != tenantName {
      // The same answer as for a tenant that does not exist.
      throw Refusal(.tenantNotFound, "no tenant `\(tenantName)` here")
    }
    try check(principal, method)
    return principal
  }

  private func bearer(_ value: String) throws(Refusal) -> Principal {
    let scheme = "Bearer "
    guard value.hasPrefix(scheme), let principal = tokens.principal(showing: String(value.dropFirst(scheme.count)))
    else {
      throw Refusal(.unauthenticated, "the token is unknown or revoked; ask an admin for a new one")
    }
    return principal
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
    // The system tenant has tenants and system admins' tokens, and nothing else.
    case .createToken, .listTokens, .revokeToken, .ping, .describe: return
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
