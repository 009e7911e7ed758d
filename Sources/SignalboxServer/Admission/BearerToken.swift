package import SignalboxCore
import SignalboxTLS

/// The secret a caller shows: `sbx1.<tenant>.<token>.<43 characters>`. The numbers say where to look, the rest is what
/// is compared.
package struct BearerToken: Sendable {
  package let tenant: TenantID
  package let token: TokenID
  package let secret: String

  static let prefix = "sbx1"
  static let secretBytes = 32
  static let longestText = 128

  package init(tenant: TenantID, token: TokenID, secret: String) {
    self.tenant = tenant
    self.token = token
    self.secret = secret
  }

  /// Nil for what has not the form of a token.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.longestText else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == Self.prefix, let tenant = Int64(parts[1]), let token = Int64(parts[2]) else {
      return nil
    }
    self.init(tenant: TenantID(tenant), token: TokenID(token), secret: String(parts[3]))
  }

  package var text: String { "\(Self.prefix).\(tenant.value).\(token.value).\(secret)" }

  package var secretHash: [UInt8] { Digest.sha256(Array(secret.utf8)) }

  package static func makeSecret() -> String {
    Base64URL.encode(SecureRandom.bytes(count: secretBytes))
  }
}
