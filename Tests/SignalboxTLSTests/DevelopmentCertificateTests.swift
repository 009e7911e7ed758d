import Foundation
import SignalboxTLS
import Testing

@Suite struct DevelopmentCertificateTests {
  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func filesAndTheirModes() throws {
    let certificates = try Certificates()
    let files = try FileManager.default.contentsOfDirectory(atPath: certificates.directory).sorted()
    #expect(files == ["ca.key", "ca.pem", "server.key", "server.pem"])
    for key in ["ca.key", "server.key"] { #expect(try mode(certificates.directory + "/" + key) == 0o600) }
    #expect(try mode(certificates.server.certificateChainPath) & 0o444 == 0o444)
    #expect(try mode(certificates.directory) == 0o700)
  }

  @Test func opensslVerifiesThem() throws {
    let certificates = try Certificates.shared.get()
    let client = try certificates.client("verified")
    func verify(_ path: String, _ purpose: String) throws -> Int32 {
      try ExternalProcess.run([
        "/usr/bin/openssl", "verify", "-x509_strict", "-purpose", purpose, "-CAfile",
        certificates.server.trustRootsPath, path,
      ]).status
    }
    #expect(try verify(certificates.server.certificateChainPath, "sslserver") == 0)
    #expect(try verify(client.certificateChainPath, "sslclient") == 0)
    #expect(try verify(client.certificateChainPath, "sslserver") != 0)
    let text = try ExternalProcess.run([
      "/usr/bin/openssl", "x509", "-noout", "-text", "-in", certificates.server.certificateChainPath,
    ]).output
    for part in [
      "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:bench.example", "prime256v1",
      "TLS Web Server Authentication", "CA:FALSE", "Version: 3",
    ] {
      #expect(text.contains(part), "no `\(part)` in \(text)")
    }
  }

  @Test(arguments: [
    ("", DevelopmentCertificate.SubjectName.uri("urn:a")), ("../escape", .uri("urn:a")), ("a/b", .uri("urn:a")),
    (".hidden", .uri("urn:a")), ("good", .uri("")), ("good", .uri("urn:with space")), ("good", .dns("ümlaut.example")),
    ("good", .uri(String(repeating: "x", count: 513))), ("good", .address("300.1.1.1")),
  ])
  func badNames(_ file: String, _ name: DevelopmentCertificate.SubjectName) throws {
    let certificates = try Certificates.shared.get()
    #expect(throws: TLSError.self) { try certificates.client(file, names: [name]) }
  }

  @Test func commaInANameStaysInTheName() throws {
    let certificates = try Certificates.shared.get()
    let own = try certificates.client("comma", names: [.uri("urn:a,DNS:evil.example")])
    let pair = try Pair(
      client: certificates.clientContext(as: own), server: certificates.serverContext(clients: .required))
    pair.settle()
    #expect(pair.server.peer == PeerIdentity(kind: .uri, name: "urn:a,DNS:evil.example"))
  }

  @Test func directoryThatCannotBeMade() {
    #expect(throws: TLSError.self) {
      try DevelopmentCertificate.make(directory: "/proc/none/here", now: Certificates.now)
    }
    #expect(throws: TLSError.self) {
      try DevelopmentCertificate.makeClient(
        directory: "/proc/none/here", file: "a", names: [.uri("urn:a")], now: Certificates.now)
    }
  }
}
