internal import COpenSSL

/// Certificates, keys and trust, parsed once and shared by every connection made from them.
///
/// A connection keeps the context it began with, so a reload never touches one that is open.
package final class TLSContext: Sendable {
  package let configuration: TLSConfiguration
  /// The end of the own certificate's validity, seconds since 1970; nil without a certificate.
  package let notAfter: Int64?

  // SSL_CTX counts its references and locks what it shares; after init nothing here changes it.
  nonisolated(unsafe) let foreign: OpaquePointer

  var isServer: Bool { configuration.role != .client }

  /// Reads the files. Throws `.configuration`, and the message names the file.
  package convenience init(_ configuration: TLSConfiguration) throws(TLSError) {
    try self.init(configuration) { (foreign) throws(TLSError) in
      try Self.loadOwn(configuration, into: foreign)
      switch configuration.role {
      case .client:
        try Self.trust(configuration.trustRootsPath, foreign)
        sbx_context_verify_server(foreign)
      case .server(let mode):
        try Self.loadClientVerification(configuration, mode, into: foreign)
      }
    }
  }

  /// A client that asks nobody for a certificate it could trust. Only for checking our own server.
  convenience init(believingAnybody configuration: TLSConfiguration) throws(TLSError) {
    try self.init(configuration) { (foreign) throws(TLSError) in
      try Self.loadOwn(configuration, into: foreign)
    }
  }

  private init(
    _ configuration: TLSConfiguration, load: (OpaquePointer) throws(TLSError) -> Void
  ) throws(TLSError) {
    guard let foreign = sbx_context_new(configuration.role != .client) else {
      throw TLSError(.library, "libssl could not make a context")
    }
    do throws(TLSError) {
      try load(foreign)
    } catch {
      sbx_context_free(foreign)
      throw error
    }
    let notAfter = sbx_context_not_after(foreign)
    self.configuration = configuration
    self.notAfter = notAfter == 0 ? nil : notAfter
    self.foreign = foreign
  }

  deinit {
    sbx_context_free(foreign)
  }

  private static func loadOwn(_ configuration: TLSConfiguration, into foreign: OpaquePointer) throws(TLSError) {
    try require("the cipher suites cannot be used") {
      sbx_context_set_suites(foreign, TLSConfiguration.cipherSuites, $0)
    }
    try require("the key exchange groups cannot be used") {
      sbx_context_set_groups(foreign, TLSConfiguration.groups, $0)
    }
    let protocols = try wireForm(of: configuration.applicationProtocols)
    try require("the application protocols cannot be used") {
      sbx_context_set_alpn(foreign, protocols, protocols.count, $0)
    }
    if let own = configuration.credentials {
      try require(
        "cannot use the certificate chain `\(own.certificateChainPath)` with the private key `\(own.privateKeyPath)`"
      ) {
        sbx_context_use_certificate(foreign, own.certificateChainPath, own.privateKeyPath, $0)
      }
    }
  }

  private static func loadClientVerification(
    _ configuration: TLSConfiguration, _ mode: TLSConfiguration.ClientCertificates,
    into foreign: OpaquePointer
  ) throws(TLSError) {
    guard configuration.credentials != nil else {
      throw TLSError(.configuration, "a server needs a certificate chain and a private key: name both")
    }
    if mode != .none {
      guard configuration.trustRootsPath != nil else {
        throw TLSError(.configuration, "client certificates are asked for but nobody is trusted: name a file of roots")
      }
      try trust(configuration.trustRootsPath, foreign)
      if let path = configuration.revocationListPath {
        try require("cannot use the revocation list `\(path)`") {
          sbx_context_add_revocations(foreign, path, $0)
        }
      }
    }
    switch mode {
    case .none: sbx_context_verify_clients(foreign, .none)
    case .optional: sbx_context_verify_clients(foreign, .optional)
    case .required: sbx_context_verify_clients(foreign, .required)
    }
  }

  private static func trust(_ path: String?, _ foreign: OpaquePointer) throws(TLSError) {
    try require("cannot use the trust roots `\(path ?? "of the system")`") {
      sbx_context_trust(foreign, path, $0)
    }
  }

  private static func require(
    _ message: @autoclosure () -> String, _ operation: (UnsafeMutablePointer<CChar>) -> Bool
  ) throws(TLSError) {
    if let cause = foreignError(operation) { throw TLSError(.configuration, message(), cause: cause) }
  }

  private static func wireForm(of protocols: [String]) throws(TLSError) -> [UInt8] {
    var wire: [UInt8] = []
    for name in protocols {
      guard let length = UInt8(exactly: name.utf8.count), length > 0 else {
        throw TLSError(.configuration, "the application protocol `\(name)` must have 1 to 255 bytes")
      }
      wire.append(length)
      wire.append(contentsOf: name.utf8)
    }
    guard wire.count <= Int(SBX_ALPN_LIST) else {
      throw TLSError(.configuration, "the application protocols take \(wire.count) bytes, at most \(SBX_ALPN_LIST) fit")
    }
    return wire
  }
}
