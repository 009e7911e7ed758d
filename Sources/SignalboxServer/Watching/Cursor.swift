import SignalboxCore
import SignalboxProtocol
import SignalboxTLS

/// Makes the opaque positions that clients hold: of watches, and of pages. Each is bound to its tenant and its purpose
/// and authenticated, so that it can be neither made up nor used elsewhere.
package struct CursorCodec: Sendable {
  package enum Purpose: UInt8, Sendable {
    case watch = 1
    case page = 2
  }

  static let tagBytes = 16
  static let longestText = 256
  private let key: [UInt8]

  package init(key: [UInt8]) {
    self.key = key
  }

  func cursor(at revision: Revision, of tenant: TenantID) -> String {
    encode(purpose: .watch, tenant: tenant, scope: [], position: revision.value)
  }

  func revision(of cursor: String, tenant: TenantID) throws(Refusal) -> Revision {
    guard let position = decode(cursor, purpose: .watch, tenant: tenant, scope: []) else {
      throw Refusal(.cursorInvalid, "the cursor was not made for this tenant; begin with an empty one")
    }
    return Revision(position)
  }

  /// - Parameter scope: what the list was of, so that the page of one list is refused by another.
  func page(after position: Int64, scope: String, of tenant: TenantID) -> String {
    encode(purpose: .page, tenant: tenant, scope: Array(scope.utf8), position: position)
  }

  func position(of page: String, scope: String, tenant: TenantID) throws(Refusal) -> Int64 {
    guard let position = decode(page, purpose: .page, tenant: tenant, scope: Array(scope.utf8)) else {
      throw Refusal(.cursorInvalid, "the page does not belong to this list; begin without one")
    }
    return position
  }

  private func encode(purpose: Purpose, tenant: TenantID, scope: [UInt8], position: Int64) -> String {
    let place = Self.bytes(position)
    return Base64URL.encode(place + tag(purpose: purpose, tenant: tenant, scope: scope, position: place))
  }

  private func decode(_ text: String, purpose: Purpose, tenant: TenantID, scope: [UInt8]) -> Int64? {
    guard text.utf8.count <= Self.longestText, let bytes = Base64URL.decode(text), bytes.count == 8 + Self.tagBytes
    else {
      return nil
    }
    let place = Array(bytes.prefix(8))
    let expected = tag(purpose: purpose, tenant: tenant, scope: scope, position: place)
    guard constantTimeEqual(Array(bytes.dropFirst(8)), expected) else { return nil }
    return place.reduce(0) { $0 << 8 | Int64($1) }
  }

  private func tag(purpose: Purpose, tenant: TenantID, scope: [UInt8], position: [UInt8]) -> [UInt8] {
    let message = [purpose.rawValue] + Self.bytes(tenant.value) + position + scope
    return Array(MessageAuthentication.hmacSHA256(key: key, data: message).prefix(Self.tagBytes))
  }

  private static func bytes(_ value: Int64) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}
