import Foundation
import SignalboxTLS
import Testing

@Suite struct TLSContextTests {
  @Test func missingFilesAreNamed() throws {
    let certificates = try Certificates.shared.get()
    let good = certificates.server
    let table: [(TLSConfiguration, String)] = [
      (
        .server(
          credentials: .init(certificateChainPath: "/none.pem", privateKeyPath: good.privateKeyPath),
          applicationProtocols: [alpn]), "/none.pem"
      ),
      (
        .server(
          credentials: .init(certificateChainPath: good.certificateChainPath, privateKeyPath: "/none.key"),
          applicationProtocols: [alpn]), "/none.key"
      ),
      // A key that belongs to another certificate.
      (
        .server(
          credentials: .init(
            certificateChainPath: good.certificateChainPath,
            privateKeyPath: certificates.directory + "/ca.key"), applicationProtocols: [alpn]), "ca.key"
      ),
      (
        .server(
          credentials: good.credentials, clientCertificates: .required, trustRootsPath: "/none.pem",
          applicationProtocols: [alpn]), "/none.pem"
      ),
      (
        .server(credentials: good.credentials, clientCertificates: .optional, applicationProtocols: [alpn]),
        "name a file of roots"
      ),
      (
        .server(
          credentials: good.credentials, clientCertificates: .optional, trustRootsPath: good.trustRootsPath,
          revocationListPath: good.trustRootsPath, applicationProtocols: [alpn]), "revocation list"
      ),
      (.client(trustRootsPath: good.privateKeyPath, applicationProtocols: [alpn]), "server.key"),
      (.client(applicationProtocols: [""]), "1 to 255"),
      (.client(applicationProtocols: [String(repeating: "x", count: 256)]), "1 to 255"),
      (
        .client(applicationProtocols: [String(repeating: "x", count: 200), String(repeating: "y", count: 60)]),
        "at most 255"
      ),
    ]
    for (configuration, text) in table {
      do throws(TLSError) {
        _ = try TLSContext(configuration)
        Issue.record("accepted: \(configuration)")
      } catch {
        #expect(error.code == .configuration)
        #expect(error.description.contains(text), "\(error)")
      }
    }
  }

  @Test func selfCheck() throws {
    let certificates = try Certificates.shared.get()
    for mode in [TLSConfiguration.ClientCertificates.none, .optional, .required] {
      try certificates.serverContext(clients: mode).verifyUsable()
    }
    try certificates.serverContext(protocols: []).verifyUsable()
    try certificates.clientContext().verifyUsable()
    try certificates.clientContext(as: certificates.client("selfcheck")).verifyUsable()
  }

  @Test func keyUnderAPassphraseIsRefusedWithoutAsking() throws {
    let certificates = try Certificates()
    let locked = certificates.directory + "/locked.key"
    try ExternalProcess.openssl(
      "pkcs8", "-topk8", "-in", certificates.server.privateKeyPath, "-out", locked, "-passout", "pass:secret")
    #expect(throws: TLSError.self) {
      try TLSContext(
        .server(
          credentials: .init(certificateChainPath: certificates.server.certificateChainPath, privateKeyPath: locked),
          applicationProtocols: [alpn]))
    }
  }

  @Test func endOfValidity() throws {
    let certificates = try Certificates.shared.get()
    #expect(try certificates.serverContext().notAfter == Certificates.now + DevelopmentCertificate.certificateLifetime)
    #expect(try certificates.clientContext().notAfter == nil)
  }

  // MARK: Reload

  private func source(_ certificates: Certificates) throws -> TLSContextSource {
    try TLSContextSource(.server(credentials: certificates.server.credentials, applicationProtocols: [alpn]))
  }

  @Test func reloadServesNewConnectionsAndLeavesOldOnes() throws {
    let certificates = try Certificates()
    let source = try source(certificates)
    let oldClient = try certificates.clientContext()
    let old = try Pair(client: oldClient, server: source.current)
    old.settle()
    let before = source.current

    try DevelopmentCertificate.make(directory: certificates.directory, now: Certificates.now)
    let newClient = try certificates.clientContext()
    // Not before the reload.
    #expect(source.current === before)
    try source.reload()
    #expect(source.current !== before)

    let new = try Pair(client: newClient, server: source.current)
    new.settle()
    #expect(new.client.handshakeComplete && new.client.error == nil)
    let mistrusting = try Pair(client: oldClient, server: source.current)
    mistrusting.settle()
    #expect(mistrusting.client.error?.code == .peerCertificate)

    old.client.send([1])
    old.settle()
    #expect(old.server.received == [1])
  }

  @Test(arguments: ["server.pem", "server.key"])
  func failedReloadKeepsTheOld(_ file: String) throws {
    let certificates = try Certificates()
    let source = try source(certificates)
    let before = source.current
    let path = certificates.directory + "/" + file
    for damage in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
      try Data(damage.utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: TLSError.self) { try source.reload() }
      #expect(source.current === before)
    }
    let pair = try Pair(client: certificates.clientContext(), server: source.current)
    pair.settle()
    #expect(pair.client.handshakeComplete)
  }

  @Test func reloadIsSafeBesideReaders() async throws {
    let certificates = try Certificates()
    let source = try source(certificates)
    let client = try certificates.clientContext()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 { group.addTask { for _ in 0..<20 { try source.reload() } } }
      for _ in 0..<2 {
        group.addTask {
          for _ in 0..<20 {
            let pair = try Pair(client: client, server: source.current)
            pair.settle()
            try #require(pair.client.handshakeComplete)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
