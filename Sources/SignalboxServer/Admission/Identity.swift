import SignalboxCore

/// Who calls, and by what was shown, so that it can be asked again whether that still holds.
struct Identity: Sendable {
  var principal: Principal
  /// Hash of the secret that was shown; nil where it was a certificate.
  let secretHash: [UInt8]?
  /// What was shown instead of a secret.
  let certificate: CertificateName?

  /// What the audit has of it, beside the address.
  var credential: String {
    certificate.map { "certificate \($0.text)" } ?? "token \(principal.tokenName)"
  }

  var name: TokenName { TokenName(tenant: principal.tokenTenant, token: principal.token) }
}

/// A token among those of all tenants.
struct TokenName: Hashable, Sendable {
  var tenant: TenantID
  var token: TokenID
}
