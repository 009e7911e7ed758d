import Foundation
import Logging
import SignalboxStore
import SignalboxTLS

/// What a server finds or makes on disk before it starts.
struct StartFiles {
  private let configuration: ServerConfiguration
  private let credentials: TLSConfiguration.Credentials
  let developmentAuthorityPath: String?

  init(_ configuration: ServerConfiguration, logger: Logger) throws {
    self.configuration = configuration
    guard configuration.revocationListPath == nil || configuration.clientTrustRootsPath != nil else {
      throw StartupError(
        "a revocation list says nothing without the authorities whose client certificates are accepted; set "
          + "--tls-client-roots too, or leave --tls-client-revoked out")
    }
    let directory = configuration.dataDirectory
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StartupError(
        "cannot make the data directory `\(directory)`; create it so that this user may write, or name another")
    }
    try Self.probe(directory)
    switch (configuration.certificateChainPath, configuration.privateKeyPath) {
    case (let chain?, let key?):
      credentials = TLSConfiguration.Credentials(certificateChainPath: chain, privateKeyPath: key)
      developmentAuthorityPath = nil
    case (nil, nil):
      let made = try Self.developmentCertificate(in: directory + "/tls", for: configuration.host, logger: logger)
      credentials = made.credentials
      developmentAuthorityPath = made.authority
    default:
      throw StartupError("certificate chain and private key come together; set both or neither")
    }
  }

  func openDatabase() throws -> any Database {
    let path = configuration.dataDirectory + "/signalbox.db"
    if !FileManager.default.fileExists(atPath: path) { try rehearse() }
    do {
      return try SQLiteDatabase(at: .file(path), migrations: Schema.migrations)
    } catch let error as StoreError {
      throw StartupError(error.description)
    }
  }

  func openTLS() throws -> TLSContextSource {
    do {
      return try TLSContextSource(
        .server(
          credentials: credentials,
          clientCertificates: configuration.clientTrustRootsPath == nil ? .none : .optional,
          trustRootsPath: configuration.clientTrustRootsPath,
          revocationListPath: configuration.revocationListPath,
          applicationProtocols: [Listener.applicationProtocol]))
    } catch {
      throw StartupError("cannot use the certificate: \(error)")
    }
  }

  /// What a first start can fail in, before it makes the first admin's token: there is one, and it is told once.
  private func rehearse() throws {
    _ = try openTLS()
    if let path = configuration.adminTokenPath {
      guard !FileManager.default.fileExists(atPath: path) else {
        throw StartupError(
          "the first admin token is to go to `\(path)`, which is there already; remove it, or name another with "
            + "--admin-token-file")
      }
      let file = URL(filePath: path)
      do {
        try Data().write(to: file, options: .withoutOverwriting)
        try FileManager.default.removeItem(at: file)
      } catch {
        throw StartupError(
          "cannot write the first admin token to `\(path)`: \(Self.reason(error)); "
            + "name a file that this user may make with --admin-token-file")
      }
    }
    try Listener.rehearse(configuration)
  }

  /// Makes a file and takes it away again, before anything that is kept is made: what fails later would be blamed on
  /// the certificate or the database, and it is the directory.
  private static func probe(_ directory: String) throws {
    let file = URL(filePath: directory).appending(path: ".probe-\(UUID().uuidString)")
    do {
      try Data().write(to: file, options: .withoutOverwriting)
      try FileManager.default.removeItem(at: file)
    } catch {
      throw StartupError(
        "cannot write in the data directory `\(directory)`: \(reason(error)); "
          + "make it writable for this user, or name another with --data-directory")
    }
  }

  /// What the system said, where Foundation passes it on.
  private static func reason(_ error: any Error) -> String {
    let underlying = (error as? CocoaError)?.underlying ?? error
    return (underlying as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? "\(underlying)"
  }

  /// The development certificate in a directory; made when there is none, and anew when it has less than a day left.
  private static func developmentCertificate(
    in directory: String, for host: String, logger: Logger
  ) throws -> (credentials: TLSConfiguration.Credentials, authority: String) {
    let credentials = TLSConfiguration.Credentials(
      certificateChainPath: directory + "/server.pem", privateKeyPath: directory + "/server.key")
    let authority = directory + "/ca.pem"
    let now = Int64(Date().timeIntervalSince1970)
    let made = try? FileManager.default.attributesOfItem(atPath: credentials.certificateChainPath)[.modificationDate]
    let age = (made as? Date).map { now - Int64($0.timeIntervalSince1970) }
    if age.map({ $0 > DevelopmentCertificate.certificateLifetime - 86_400 }) ?? true {
      let names = host == "0.0.0.0" || host == "::" ? [] : [host]
      do {
        try DevelopmentCertificate.make(directory: directory, hostNames: names, now: now)
      } catch {
        throw StartupError("cannot make a development certificate: \(error)")
      }
    }
    logger.warning(
      "using a development certificate: fine for trying out, not for the network",
      metadata: ["authority": "\(authority)"])
    return (credentials, authority)
  }
}
