import NIOCore
import SignalboxTLS
import Testing

/// Who is not let in, and how they are told.
@Suite struct TLSRefusalTests {
  let certificates: Certificates
  private let day: Int64 = 86_400

  init() throws { certificates = try Certificates.shared.get() }

  // MARK: Application protocol

  @Test(arguments: [[], ["http/1.1"], ["signalbox/2", "h2"], ["signalbox/10"]])
  func noCommonProtocol(_ offered: [String]) throws {
    let pair = try Pair(
      client: certificates.clientContext(protocols: offered), server: certificates.serverContext())
    pair.settle()
    #expect(pair.server.error?.code == .applicationProtocol)
    #expect(!pair.server.handshakeComplete)
    #expect(pair.client.error?.code == .alert)
    #expect(pair.client.error?.cause?.contains("no application protocol") == true)
  }

  @Test func serverWithoutProtocolsIsRefusedByTheClient() throws {
    let pair = try Pair(
      client: certificates.clientContext(), server: certificates.serverContext(protocols: []))
    pair.settle()
    #expect(pair.client.error?.code == .applicationProtocol)
  }

  @Test func serverChoosesByItsOwnOrder() throws {
    let pair = try Pair(
      client: certificates.clientContext(protocols: ["a", alpn, "b"]),
      server: certificates.serverContext(protocols: ["b", alpn]))
    pair.settle()
    #expect(pair.client.applicationProtocol == "b" && pair.server.applicationProtocol == "b")
  }

  // MARK: Version and noise

  /// A client hello of TLS 1.2, written by hand: our own library makes none.
  private func oldHello() -> [UInt8] {
    func block(_ bytes: [UInt8]) -> [UInt8] { [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes }
    let name = Array(alpn.utf8)
    let extensions: [UInt8] =
      [0, 10] + block(block([0, 23])) + [0, 13] + block(block([4, 3]))
      + [0, 16] + block(block([UInt8(name.count)] + name))
    let body: [UInt8] =
      [3, 3] + [UInt8](repeating: 7, count: 32) + [0] + block([0xc0, 0x2b]) + [1, 0] + block(extensions)
    return [22, 3, 1] + block([1, 0] + block(body))
  }

  @Test func tls12() throws {
    let server = try Endpoint(certificates.serverContext())
    server.feed(ByteBuffer(bytes: oldHello()))
    #expect(server.error?.code == .protocolVersion)
    // A fatal alert, protocol_version.
    #expect(Array(server.output.readableBytesView.suffix(2)) == [2, 70])
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", String(repeating: "x", count: 40_000),
  ])
  func noise(_ text: String) throws {
    let server = try Endpoint(certificates.serverContext())
    server.feed(ByteBuffer(string: text))
    #expect(server.error?.code == .notTLS)
    #expect(server.output.readableBytes <= 7)
  }

  // MARK: Client certificates

  private func outcome(
    _ mode: TLSConfiguration.ClientCertificates, as own: DevelopmentCertificate.Files?, revoked: String? = nil
  ) throws -> Pair {
    let pair = try Pair(
      client: certificates.clientContext(as: own),
      server: certificates.serverContext(clients: mode, revoked: revoked))
    pair.settle()
    return pair
  }

  @Test(arguments: [TLSConfiguration.ClientCertificates.optional, .required])
  func identity(_ mode: TLSConfiguration.ClientCertificates) throws {
    let table: [([DevelopmentCertificate.SubjectName], PeerIdentity)] = [
      ([.uri("signalbox:agent/ada")], PeerIdentity(kind: .uri, name: "signalbox:agent/ada")),
      ([.dns("desk.example")], PeerIdentity(kind: .dns, name: "desk.example")),
      ([.dns("desk.example"), .uri("spiffe://d/a")], PeerIdentity(kind: .uri, name: "spiffe://d/a")),
      ([.email("ada@desk.example")], PeerIdentity(kind: .email, name: "ada@desk.example")),
      ([.email("ada@desk.example"), .dns("desk.example")], PeerIdentity(kind: .dns, name: "desk.example")),
      ([.uri("urn:first"), .uri("urn:second")], PeerIdentity(kind: .uri, name: "urn:first")),
    ]
    for (index, (names, expected)) in table.enumerated() {
      let own = try certificates.client("identity\(index)-\(mode)", names: names)
      let pair = try outcome(mode, as: own)
      #expect(pair.server.handshakeComplete && pair.server.error == nil)
      #expect(pair.server.peer == expected)
    }
  }

  @Test func optionalCertificateMayBeAbsent() throws {
    let pair = try outcome(.optional, as: nil)
    #expect(pair.server.handshakeComplete && pair.server.error == nil && pair.server.peer == nil)
  }

  @Test func certificateIsIgnoredWhenNotAskedFor() throws {
    let pair = try outcome(.none, as: certificates.client("ignored"))
    #expect(pair.server.handshakeComplete && pair.server.peer == nil)
  }

  @Test func requiredCertificateAbsent() throws {
    let pair = try outcome(.required, as: nil)
    #expect(pair.server.error?.code == .peerCertificate && !pair.server.handshakeComplete)
    #expect(pair.client.error?.code == .alert)
  }

  @Test(arguments: [TLSConfiguration.ClientCertificates.optional, .required])
  func refusedCertificates(_ mode: TLSConfiguration.ClientCertificates) throws {
    let elsewhere = try Certificates()
    let stranger = try elsewhere.client()
    let table: [(DevelopmentCertificate.Files, String)] = [
      (try certificates.client("expired-\(mode)", now: Certificates.now - 91 * day), "expired"),
      (try certificates.client("early-\(mode)", now: Certificates.now + day), "not yet valid"),
      (stranger, "unable to get local issuer certificate"),
      // Issued for servers only.
      (certificates.server, "purpose"),
      // A common name is not a name.
      (try certificates.client("nameless-\(mode)", names: []), "subject alternative name"),
      (try certificates.client("address-\(mode)", names: [.address("10.0.0.1")]), "subject alternative name"),
    ]
    for (own, reason) in table {
      let pair = try outcome(mode, as: own)
      #expect(!pair.server.handshakeComplete)
      #expect(pair.server.error?.code == .peerCertificate)
      #expect(pair.server.error?.description.contains(reason) == true, "\(String(describing: pair.server.error))")
      #expect(pair.server.peer == nil)
    }
    withExtendedLifetime(elsewhere) {}
  }

  @Test func revoked() throws {
    let own = try Certificates()
    let good = try own.client("good", names: [.uri("urn:good")])
    let bad = try own.client("bad", names: [.uri("urn:bad")])
    let list = try DevelopmentCertificate.revoke(
      certificatePaths: [bad.certificateChainPath], directory: own.directory, now: Certificates.now)
    let before = try own.serverContext(clients: .required)
    let after = try own.serverContext(clients: .required, revoked: list)
    func connect(_ files: DevelopmentCertificate.Files, _ server: TLSContext) throws -> Pair {
      let pair = try Pair(client: own.clientContext(as: files), server: server)
      pair.settle()
      return pair
    }
    #expect(try connect(good, after).server.peer?.name == "urn:good")
    #expect(try connect(bad, after).server.error?.cause == "certificate revoked")
    // A connection from before the list is found when asked again.
    #expect(try connect(bad, before).server.reasonToDistrustPeer(under: after) == "certificate revoked")
    #expect(try connect(bad, before).server.reasonToDistrustPeer(under: before) == nil)
    #expect(try connect(good, before).server.reasonToDistrustPeer(under: after) == nil)
    // A list that is out of date refuses everybody.
    let stale = try DevelopmentCertificate.revoke(
      certificatePaths: [], directory: own.directory, now: Certificates.now - 31 * day)
    let closed = try connect(good, own.serverContext(clients: .required, revoked: stale))
    #expect(closed.server.error?.cause == "CRL has expired")
  }

  // MARK: Server certificates

  @Test(arguments: [
    ("localhost", true), ("127.0.0.1", true), ("::1", true), ("bench.example", true), ("LOCALHOST", true),
    ("example.com", false), ("127.0.0.2", false), ("signalbox server", false),
  ])
  func serverName(_ name: String, accepted: Bool) throws {
    let pair = try Pair(
      client: certificates.clientContext(), server: certificates.serverContext(), serverName: name)
    pair.settle()
    #expect(pair.client.handshakeComplete == accepted)
    #expect(accepted == (pair.client.error == nil))
    if !accepted { #expect(pair.client.error?.code == .peerCertificate) }
  }

  /// A certificate that says `localhost` only as its common name.
  @Test func commonNameIsNotAServerName() throws {
    let own = try Certificates()
    let files = own.server
    try ExternalProcess.openssl(
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
      "/CN=localhost", "-keyout", files.privateKeyPath, "-out", files.certificateChainPath)
    let client = try TLSContext(
      .client(trustRootsPath: files.certificateChainPath, applicationProtocols: [alpn]))
    for (name, code) in [("localhost", TLSError.Code.peerCertificate), (nil, nil)] {
      let pair = try Pair(client: client, server: own.serverContext(), serverName: name)
      pair.settle()
      #expect(pair.client.error?.code == code)
    }
  }

  @Test func untrustedServer() throws {
    let other = try Certificates()
    let pair = try Pair(client: certificates.clientContext(), server: other.serverContext())
    pair.settle()
    #expect(pair.client.error?.code == .peerCertificate)
    #expect(pair.server.error?.code == .alert)
  }
}
