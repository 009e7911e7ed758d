internal import COpenSSL

/// Certificates for development and tests: a small authority in a directory, and what it signs.
/// All keys are ECDSA on P-256; key files are readable by their owner only.
///
/// Times are seconds since 1970. Certificates are valid from five minutes before `now`.
package enum DevelopmentCertificate {
  package enum SubjectName: Sendable, Equatable {
    case dns(String)
    case address(String)
    case uri(String)
    case email(String)
  }

  /// Where the files are that a `TLSConfiguration` names.
  package struct Files: Sendable, Equatable {
    package let trustRootsPath: String
    package let certificateChainPath: String
    package let privateKeyPath: String

    package var credentials: TLSConfiguration.Credentials {
      TLSConfiguration.Credentials(certificateChainPath: certificateChainPath, privateKeyPath: privateKeyPath)
    }
  }

  private static let day: Int64 = 86_400
  private static let backdating: Int64 = 300
  package static let authorityLifetime = 365 * day
  package static let certificateLifetime = 90 * day

  /// Makes a new authority and a server certificate for `localhost`, its addresses and `hostNames`
  /// (names or addresses): `ca.pem`, `ca.key`, `server.pem`, `server.key`. Makes the directory if it
  /// is missing; replaces files that are there, so certificates of the old authority are worth
  /// nothing afterwards.
  @discardableResult
  package static func make(directory: String, hostNames: [String] = [], now: Int64) throws(TLSError) -> Files {
    try PrivateFiles.makeDirectory(directory)
    let authority = try Draft(
      .authority, commonName: "signalbox development authority", now: now, lifetime: authorityLifetime)
    try authority.sign(by: nil)
    try authority.write(directory, "ca")
    var names: [SubjectName] = [.dns("localhost"), .address("127.0.0.1"), .address("::1")]
    for host in hostNames { names.append(looksLikeAddress(host) ? .address(host) : .dns(host)) }
    return try makeCertificate(.server, directory, file: "server", commonName: "signalbox server", names, now)
  }

  /// Makes a client certificate, signed by the authority that `make` left in `directory`: `FILE.pem`
  /// and `FILE.key`. The names are who the client is; one URI is the usual.
  @discardableResult
  package static func makeClient(
    directory: String, file: String, names: [SubjectName], now: Int64
  ) throws(TLSError) -> Files {
    try makeCertificate(.client, directory, file: file, commonName: "signalbox client", names, now)
  }

  /// Writes `revoked.pem`: a list, signed by the authority and valid for 30 days, with the certificates
  /// at `certificatePaths`. Answers its path.
  @discardableResult
  package static func revoke(
    certificatePaths: [String], directory: String, now: Int64
  ) throws(TLSError) -> String {
    var text: UnsafeMutablePointer<CChar>?
    var length = 0
    let paths: [UnsafeMutablePointer<CChar>?] = certificatePaths.map(PrivateFiles.copy)
    defer { for path in paths { PrivateFiles.free(path) } }
    let cause = foreignError { error in
      paths.map { UnsafePointer($0) }.withUnsafeBufferPointer { list in
        length = sbx_draft_revocations(
          path(directory, "ca.pem"), path(directory, "ca.key"), list.baseAddress, list.count,
          now - backdating, now + 30 * day, &text, error)
        return length > 0
      }
    }
    if let cause { throw TLSError(.configuration, "cannot make a revocation list in `\(directory)`", cause: cause) }
    defer { sbx_text_free(text) }
    let file = path(directory, "revoked.pem")
    try PrivateFiles.write(UnsafeRawBufferPointer(start: text, count: length), to: file, secret: false)
    return file
  }

  private static func makeCertificate(
    _ kind: sbx_draft_kind, _ directory: String, file: String, commonName: String, _ names: [SubjectName],
    _ now: Int64
  ) throws(TLSError) -> Files {
    guard isFileName(file) else {
      throw TLSError(.configuration, "`\(file)` is no file name: use letters, digits, `-` and `_`")
    }
    let draft = try Draft(kind, commonName: commonName, now: now, lifetime: certificateLifetime)
    for name in names { try draft.add(name) }
    try draft.sign(by: directory)
    return try draft.write(directory, file)
  }

  private static func isFileName(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  private static func path(_ directory: String, _ file: String) -> String { "\(directory)/\(file)" }

  /// A key and a certificate that is not signed yet.
  private final class Draft {
    private let foreign: OpaquePointer

    init(_ kind: sbx_draft_kind, commonName: String, now: Int64, lifetime: Int64) throws(TLSError) {
      var made: OpaquePointer?
      let cause = foreignError { error in
        made = sbx_draft_new(kind, commonName, now - backdating, now + lifetime, error)
        return made != nil
      }
      guard let made else { throw TLSError(.library, "cannot draft a certificate", cause: cause) }
      foreign = made
    }

    deinit { sbx_draft_free(foreign) }

    func add(_ name: SubjectName) throws(TLSError) {
      let (kind, text) =
        switch name {
        case .dns(let text): (sbx_name_kind.dns, text)
        case .address(let text): (.address, text)
        case .uri(let text): (.uri, text)
        case .email(let text): (.email, text)
        }
      let printable = text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
      guard printable, (1...Int(SBX_NAME_LENGTH)).contains(text.utf8.count) else {
        throw TLSError(
          .configuration, "the name `\(text)` must have 1 to \(SBX_NAME_LENGTH) printable ASCII characters")
      }
      if let cause = foreignError({ sbx_draft_add_name(foreign, kind, text, $0) }) {
        throw TLSError(.configuration, "cannot put the name `\(text)` into a certificate", cause: cause)
      }
    }

    /// By the authority in a directory, or by itself.
    func sign(by directory: String?) throws(TLSError) {
      let cause = foreignError { error in
        guard let directory else { return sbx_draft_sign(foreign, nil, nil, error) }
        return sbx_draft_sign(foreign, path(directory, "ca.pem"), path(directory, "ca.key"), error)
      }
      if let cause {
        throw TLSError(.configuration, "cannot sign with the authority in `\(directory ?? "memory")`", cause: cause)
      }
    }

    @discardableResult
    func write(_ directory: String, _ file: String) throws(TLSError) -> Files {
      let files = Files(
        trustRootsPath: path(directory, "ca.pem"), certificateChainPath: path(directory, "\(file).pem"),
        privateKeyPath: path(directory, "\(file).key"))
      var text: UnsafePointer<CChar>?
      // The key first: a certificate without its key is worse than none.
      var length = sbx_draft_key(foreign, &text)
      try PrivateFiles.write(UnsafeRawBufferPointer(start: text, count: length), to: files.privateKeyPath, secret: true)
      length = sbx_draft_certificate(foreign, &text)
      try PrivateFiles.write(
        UnsafeRawBufferPointer(start: text, count: length), to: files.certificateChainPath, secret: false)
      return files
    }
  }
}
