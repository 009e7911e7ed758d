import Foundation
import SignalboxTLS
import Testing

let alpn = "signalbox/1"

/// A directory with a development authority, removed when the value goes.
final class Certificates: Sendable {
  let directory: String
  let server: DevelopmentCertificate.Files

  /// libssl looks at the system's clock, so these certificates must be valid by it.
  static let now = Int64(time(nil))
  /// For tests that only add files to it.
  static let shared: Result<Certificates, any Error> = Result {
    // Nobody lets go of what is shared.
    atexit { if case .success(let certificates) = Certificates.shared { certificates.remove() } }
    return try Certificates()
  }

  init() throws {
    directory = NSTemporaryDirectory() + "signalbox-tls-" + UUID().uuidString
    server = try DevelopmentCertificate.make(directory: directory, hostNames: ["bench.example"], now: Self.now)
  }

  deinit { remove() }

  private func remove() { try? FileManager.default.removeItem(atPath: directory) }

  func client(
    _ file: String = "agent", names: [DevelopmentCertificate.SubjectName] = [.uri("signalbox:agent/ada")],
    now: Int64 = Certificates.now
  ) throws -> DevelopmentCertificate.Files {
    try DevelopmentCertificate.makeClient(directory: directory, file: file, names: names, now: now)
  }

  func serverContext(
    clients: TLSConfiguration.ClientCertificates = .none, revoked: String? = nil, protocols: [String] = [alpn]
  ) throws -> TLSContext {
    try TLSContext(
      .server(
        credentials: server.credentials, clientCertificates: clients,
        trustRootsPath: clients == .none ? nil : server.trustRootsPath, revocationListPath: revoked,
        applicationProtocols: protocols))
  }

  func clientContext(
    as own: DevelopmentCertificate.Files? = nil, protocols: [String] = [alpn]
  ) throws -> TLSContext {
    try TLSContext(
      .client(
        trustRootsPath: server.trustRootsPath, credentials: own?.credentials, applicationProtocols: protocols))
  }
}
