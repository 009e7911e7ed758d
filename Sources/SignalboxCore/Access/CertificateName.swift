/// A subject alternative name of a client certificate, which says who shows it.
package struct CertificateName: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case uri
    case dns
    case email
  }

  package let kind: Kind
  /// Compared byte by byte; DNS names are in lower case, since they mean the same in any.
  package let name: String

  package init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = kind == .dns ? name.lowercased() : name
  }

  /// `uri:spiffe://desk/ada`, as `text` gives it; nil for anything else.
  package init?(text: String) {
    guard let colon = text.firstIndex(of: ":"), let kind = Kind(rawValue: String(text[..<colon])) else { return nil }
    self.init(kind, String(text[text.index(after: colon)...]))
  }

  package var text: String { "\(kind.rawValue):\(name)" }

  /// What a certificate can hold: printable ASCII without blanks, of the length that the TLS side reads.
  func check(_ check: inout FieldCheck) {
    let field = "certificate_\(kind.rawValue)"
    guard !name.isEmpty else { return check.add(field, "is empty") }
    if name.utf8.count > Limits.certificateNameLength {
      check.add(field, "has \(name.utf8.count) characters, at most \(Limits.certificateNameLength) are allowed")
    }
    if !name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) {
      check.add(field, "may have printable ASCII only, no blanks")
    }
    switch kind {
    case .uri:
      if !name.utf8.contains(UInt8(ascii: ":")) { check.add(field, "has no scheme; write it like `spiffe://…`") }
    case .email: check.address(field, name)
    case .dns: if name.utf8.contains(UInt8(ascii: "*")) { check.add(field, "names one host, without `*`") }
    }
  }
}
